#include "base/random.h"

#include <string.h>

#include <Random123/philox.h>
#include <glib.h>

enum { BLOCK_WORDS = 4, UNIFORM_BITS = 53 };

lkv_stream lkv_stream_open(lkv_stream_key key)
{
    return (lkv_stream){
        .key = {key.seed, key.replicate},
        .counter = {key.measure, key.unit, 0, 0},
        .used = BLOCK_WORDS,
    };
}

/* The next block; the third word of the counter numbers the blocks. */
static void refill(lkv_stream *stream)
{
    philox4x64_ctr_t counter;
    philox4x64_key_t key;
    memcpy(counter.v, stream->counter, sizeof stream->counter);
    memcpy(key.v, stream->key, sizeof stream->key);
    philox4x64_ctr_t block = philox4x64_R(10, counter, key);
    memcpy(stream->block, block.v, sizeof stream->block);
    stream->counter[2]++;
    stream->used = 0;
}

uint64_t lkv_stream_next(lkv_stream *stream)
{
    if (stream->used == BLOCK_WORDS) {
        refill(stream);
    }
    return stream->block[stream->used++];
}

double lkv_stream_uniform(lkv_stream *stream)
{
    return (double)(lkv_stream_next(stream) >> (64 - UNIFORM_BITS)) * 0x1p-53;
}

/* Lemire 2019, algorithm 5: the upper word of a product, drawn again in the
 * few cases that would favour some numbers.
 */
uint64_t lkv_stream_below(lkv_stream *stream, uint64_t below)
{
    __extension__ typedef unsigned __int128 product;
    g_assert(below > 0);
    product wide = (product)lkv_stream_next(stream) * below;
    if ((uint64_t)wide < below) {
        uint64_t unfair = -below % below;
        while ((uint64_t)wide < unfair) {
            wide = (product)lkv_stream_next(stream) * below;
        }
    }
    return (uint64_t)(wide >> 64);
}
