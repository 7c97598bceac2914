#include "base/sink.h"

enum { PIECE = 64 * 1024 };

void lkv_sink_pass(const lkv_sink *sink)
{
    if (sink->take && sink->text->len >= PIECE) {
        lkv_sink_empty(sink);
    }
}

void lkv_sink_empty(const lkv_sink *sink)
{
    sink->take(sink->to, sink->text->str, sink->text->len);
    g_string_truncate(sink->text, 0);
}
