#include "ingest/utf8.h"

static bool begin(lkv_utf8 *state, unsigned char byte)
{
    state->low = 0x80;
    state->high = 0xbf;
    if (byte < 0x80) {
        return true;
    }
    if (byte >= 0xc2 && byte <= 0xdf) {
        state->wanted = 1;
    } else if (byte >= 0xe0 && byte <= 0xef) {
        state->wanted = 2;
        state->low = byte == 0xe0 ? 0xa0 : 0x80; /* no longer than needed */
        state->high = byte == 0xed ? 0x9f : 0xbf; /* no surrogates */
    } else if (byte >= 0xf0 && byte <= 0xf4) {
        state->wanted = 3;
        state->low = byte == 0xf0 ? 0x90 : 0x80;
        state->high = byte == 0xf4 ? 0x8f : 0xbf; /* up to U+10FFFF */
    } else {
        return false;
    }
    return true;
}

bool lkv_utf8_next(lkv_utf8 *state, unsigned char byte)
{
    if (state->wanted == 0) {
        return begin(state, byte);
    }
    bool fits = byte >= state->low && byte <= state->high;
    if (!fits) {
        state->wanted = 0;
        return false;
    }
    state->low = 0x80;
    state->high = 0xbf;
    if (--state->wanted == 0) {
        state->multiple++;
    }
    return true;
}
