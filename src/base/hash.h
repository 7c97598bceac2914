/* SHA-256 of bytes, streams and sets of rows, by nettle; and a short hash, by
 * libsodium.
 */
#ifndef LKV_BASE_HASH_H
#define LKV_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LKV_HASH_BYTES = 32, LKV_HASH_TEXT = 65 };

typedef struct lkv_hash {
    uint8_t byte[LKV_HASH_BYTES];
} lkv_hash;

/* To be called once, before threads. False when libsodium cannot start: it
 * writes hashes as text and makes short ones.
 */
bool lkv_hash_start(void);
/* Versions of the libraries that are there; nettle's is written to BUFFER, which
 * is returned.
 */
enum { LKV_NETTLE_VERSION = 24 };
const char *lkv_hash_sodium_version(void);
char *lkv_hash_nettle_version(char *buffer);

lkv_hash lkv_hash_of(const void *bytes, size_t size);
/* INTO + FROM modulo 2^256: a hash of a set that no order can change. */
void lkv_hash_sum(lkv_hash *into, const lkv_hash *from);
/* 64 lower-case hexadecimal digits; BUFFER holds LKV_HASH_TEXT bytes. */
char *lkv_hash_text(const lkv_hash *hash, char *buffer);

/* Hash of a stream of pieces. */
typedef struct lkv_hasher lkv_hasher;
lkv_hasher *lkv_hasher_new(void);
void lkv_hasher_add(lkv_hasher *hasher, const void *bytes, size_t size);
/* Ends and frees HASHER. */
lkv_hash lkv_hasher_end(lkv_hasher *hasher);

/* A fast, keyed 64-bit hash of bytes (SipHash-2-4 with a fixed key), for hash
 * tables and for order-free ties by content; the same on every machine.
 */
uint64_t lkv_hash_short(const void *bytes, size_t size);

#endif
