/* Random streams that belong to a place, not to a moment.
 *
 * Philox 4x64-10 (Salmon, Moraes, Dror and Shaw 2011): the key is (seed,
 * replicate), the counter is (measure, unit, number of the block, 0). Any
 * stream can be opened by any thread in any order and gives the same numbers.
 */
#ifndef LKV_BASE_RANDOM_H
#define LKV_BASE_RANDOM_H

#include <stdint.h>

typedef struct lkv_stream {
    uint64_t key[2];
    uint64_t counter[4];
    uint64_t block[4];
    unsigned used; /* words of BLOCK given out; 4 = none left */
} lkv_stream;

typedef struct lkv_stream_key {
    uint64_t seed;
    uint32_t measure;
    uint32_t unit;
    uint64_t replicate;
} lkv_stream_key;

lkv_stream lkv_stream_open(lkv_stream_key key);
uint64_t lkv_stream_next(lkv_stream *stream);
/* Uniform in [0, 1): the upper 53 bits. */
double lkv_stream_uniform(lkv_stream *stream);
/* Uniform among 0 … BELOW - 1 without bias (Lemire 2019); BELOW > 0. */
uint64_t lkv_stream_below(lkv_stream *stream, uint64_t below);

#endif
