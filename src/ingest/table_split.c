/* Ranges of a table that threads may read apart. */
#include "ingest/table.h"

/* Walks COUNT bytes of BLOCK to the first record end at or past byte UNTIL: how
 * many bytes that were, or 0 when there is none. MARK counts along.
 */
static size_t walk_block(const char *block, size_t count, size_t until,
                         lkv_block_mark *mark)
{
    for (size_t i = 0; i < count; i++) {
        mark->quotes += block[i] == '"';
        mark->lines += block[i] == '\n';
        if (block[i] == '\n' && mark->quotes % 2 == 0 && i + 1 >= until) {
            return i + 1;
        }
    }
    return 0;
}

/* The first place at or past AT where a record may begin; 0 when there is none
 * within the limit of a record.
 */
static lkv_range cut_at(const lkv_table_file *file, size_t at)
{
    const lkv_scan *scan = file->scan;
    size_t block_number = at / LKV_BLOCK_BYTES;
    lkv_block_mark mark =
        g_array_index(scan->marks, lkv_block_mark, block_number);
    g_autofree char *block = g_malloc(LKV_BLOCK_BYTES);
    size_t from = block_number * LKV_BLOCK_BYTES;
    while (from < file->rows.to && from < at + LKV_RECORD_BYTES) {
        ssize_t got = lkv_scan_read(scan, from, block, LKV_BLOCK_BYTES);
        if (got <= 0) {
            break;
        }
        size_t end =
            walk_block(block, (size_t)got, at > from ? at - from : 0, &mark);
        if (end > 0) {
            return (lkv_range){.from = from + end, .lines = mark.lines};
        }
        from += (size_t)got;
    }
    return (lkv_range){0};
}

GArray *lkv_table_split(const lkv_table_file *file, size_t count)
{
    GArray *ranges = g_array_new(FALSE, TRUE, sizeof(lkv_range));
    lkv_range range = file->rows;
    size_t size = range.to - range.from;
    bool whole =
        count < 2 || size < 8 * LKV_BLOCK_BYTES || file->scan->line_end != '\n';
    for (size_t i = 1; !whole && i < count; i++) {
        lkv_range cut = cut_at(file, file->rows.from + size / count * i);
        if (cut.from <= range.from || cut.from >= file->rows.to) {
            continue;
        }
        lkv_range part = range;
        part.to = cut.from;
        g_array_append_val(ranges, part);
        range.from = cut.from;
        range.lines = cut.lines;
    }
    g_array_append_val(ranges, range);
    return ranges;
}
