#include "base/hash.h"

#include <string.h>

#include <glib.h>
#include <sodium.h>

struct lkv_hasher {
    crypto_hash_sha256_state state;
};

bool lkv_hash_start(void)
{
    return sodium_init() >= 0;
}

const char *lkv_hash_sodium_version(void)
{
    return sodium_version_string();
}

lkv_hash lkv_hash_of(const void *bytes, size_t size)
{
    lkv_hash hash;
    crypto_hash_sha256(hash.byte, bytes, size);
    return hash;
}

void lkv_hash_sum(lkv_hash *into, const lkv_hash *from)
{
    unsigned carry = 0;
    for (unsigned i = LKV_HASH_BYTES; i-- > 0;) {
        carry += (unsigned)into->byte[i] + from->byte[i];
        into->byte[i] = (uint8_t)(carry & 0xff);
        carry >>= 8;
    }
}

char *lkv_hash_text(const lkv_hash *hash, char *buffer)
{
    return sodium_bin2hex(buffer, LKV_HASH_TEXT, hash->byte, LKV_HASH_BYTES);
}

lkv_hasher *lkv_hasher_new(void)
{
    lkv_hasher *hasher = g_new(lkv_hasher, 1);
    crypto_hash_sha256_init(&hasher->state);
    return hasher;
}

void lkv_hasher_add(lkv_hasher *hasher, const void *bytes, size_t size)
{
    crypto_hash_sha256_update(&hasher->state, bytes, size);
}

lkv_hash lkv_hasher_end(lkv_hasher *hasher)
{
    lkv_hash hash;
    crypto_hash_sha256_final(&hasher->state, hash.byte);
    g_free(hasher);
    return hash;
}

uint64_t lkv_hash_short(const void *bytes, size_t size)
{
    static const uint8_t key[crypto_shorthash_KEYBYTES] = "likvard short 1";
    uint8_t sum[crypto_shorthash_BYTES];
    crypto_shorthash(sum, bytes, size, key);
    uint64_t value = 0;
    for (unsigned i = sizeof sum; i-- > 0;) {
        value = value << 8 | sum[i];
    }
    return value;
}
