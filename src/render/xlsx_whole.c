#include "render/xlsx_whole.h"

#include <stdint.h>
#include <string.h>

#include <glib.h>

/* zlib promises not to write to its input only when asked. */
#define ZLIB_CONST
#include <zlib.h>

enum {
    WINDOW = 64 * 1024,
    TAIL = 4 * 1024, /* more than ever follows the rows of a sheet */
    RAW_DEFLATE = -15,
    DEFLATED = 8
};

/* Records of a zip file (PKWARE's application note, 4.3): sizes and places. */
enum {
    END_BYTES = 22,
    END_ENTRIES = 10,
    END_DIRECTORY = 16,
    ENTRY_BYTES = 46,
    ENTRY_METHOD = 10,
    ENTRY_CHECK = 16,
    ENTRY_PACKED = 20,
    ENTRY_NAME = 28,
    ENTRY_EXTRA = 30,
    ENTRY_COMMENT = 32,
    ENTRY_LOCAL = 42,
    LOCAL_BYTES = 30,
    LOCAL_NAME = 26,
    LOCAL_EXTRA = 28
};

static size_t two(const unsigned char *at)
{
    return (size_t)at[0] | (size_t)at[1] << 8;
}

static size_t four(const unsigned char *at)
{
    return two(at) | two(at + 2) << 16;
}

/* A part as it unpacks: its first and its last bytes, and whether it is XML. */
struct part {
    GString *head; /* at most WINDOW bytes */
    GString *tail; /* at most TAIL bytes */
    size_t bytes;
    uLong check;
    GMarkupParseContext *xml; /* NULL = not looked at */
    bool sound;
};

static void take(struct part *part, const char *bytes, size_t count)
{
    if (part->bytes == 0) {
        g_string_append_len(part->head, bytes, (gssize)count);
    }
    size_t kept = MIN(count, (size_t)TAIL);
    g_string_append_len(part->tail, bytes + count - kept, (gssize)kept);
    if (part->tail->len > TAIL) {
        g_string_erase(part->tail, 0, (gssize)(part->tail->len - TAIL));
    }
    part->bytes += count;
    part->check = crc32(part->check, (const Bytef *)bytes, (uInt)count);
    part->sound = part->sound &&
                  (!part->xml || g_markup_parse_context_parse(
                                     part->xml, bytes, (gssize)count, NULL));
}

static bool unpack(struct part *part, const unsigned char *packed, size_t count)
{
    z_stream stream = {.next_in = packed, .avail_in = (uInt)count};
    if (inflateInit2(&stream, RAW_DEFLATE) != Z_OK) {
        return false;
    }
    g_autofree char *window = g_malloc(WINDOW);
    int state = Z_OK;
    while (state == Z_OK && part->sound) {
        stream.next_out = (Bytef *)window;
        stream.avail_out = WINDOW;
        state = inflate(&stream, Z_NO_FLUSH);
        take(part, window, WINDOW - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END && part->sound;
}

/* Bytes between the tags of the rows; SIZE_MAX when one of them is not there.
 */
static size_t rows_of(const struct part *part)
{
    static const char opened[] = "<sheetData>", closed[] = "</sheetData>";
    const char *first = strstr(part->head->str, opened);
    const char *last =
        g_strrstr_len(part->tail->str, (gssize)part->tail->len, closed);
    if (!first || !last || !g_str_has_suffix(part->tail->str, "</worksheet>")) {
        return SIZE_MAX;
    }
    size_t before = (size_t)(first - part->head->str) + sizeof opened - 1;
    size_t behind = part->tail->len - (size_t)(last - part->tail->str);
    return part->bytes - before - behind;
}

static bool is_whole(struct part *part, lkv_book_parts parts, size_t sheet)
{
    if (sheet < parts.sheets) {
        return rows_of(part) == parts.rows[sheet];
    }
    return g_markup_parse_context_end_parse(part->xml, NULL);
}

/* Number of the sheet that is stored as NAME; SHEETS for another part. */
static size_t sheet_named(const unsigned char *name, size_t length,
                          size_t sheets)
{
    for (size_t i = 0; i < sheets; i++) {
        g_autofree char *own =
            g_strdup_printf("xl/worksheets/sheet%zu.xml", i + 1);
        if (strlen(own) == length && memcmp(own, name, length) == 0) {
            return i;
        }
    }
    return sheets;
}

/* The packed bytes of the part that the directory tells of at ENTRY. */
static bool check_entry(const unsigned char *bytes, size_t size,
                        const unsigned char *entry, size_t sheet,
                        lkv_book_parts parts)
{
    size_t local = four(entry + ENTRY_LOCAL);
    size_t packed = four(entry + ENTRY_PACKED);
    if (two(entry + ENTRY_METHOD) != DEFLATED || local + LOCAL_BYTES > size) {
        return false;
    }
    size_t from = local + LOCAL_BYTES + two(bytes + local + LOCAL_NAME) +
                  two(bytes + local + LOCAL_EXTRA);
    if (from + packed > size) {
        return false;
    }
    static const GMarkupParser look = {.start_element = NULL};
    struct part part = {.head = g_string_new(NULL),
                        .tail = g_string_new(NULL),
                        .check = crc32(0, NULL, 0),
                        .sound = true};
    if (sheet == parts.sheets) {
        part.xml = g_markup_parse_context_new(&look, 0, NULL, NULL);
    }
    bool whole = unpack(&part, bytes + from, packed) &&
                 part.check == four(entry + ENTRY_CHECK) &&
                 is_whole(&part, parts, sheet);
    g_string_free(part.head, TRUE);
    g_string_free(part.tail, TRUE);
    g_clear_pointer(&part.xml, g_markup_parse_context_free);
    return whole;
}

bool lkv_book_whole(const unsigned char *bytes, size_t size,
                    lkv_book_parts parts)
{
    if (size < END_BYTES ||
        memcmp(bytes + size - END_BYTES, "PK\5\6", 4) != 0) {
        return false;
    }
    const unsigned char *end = bytes + size - END_BYTES;
    size_t entries = two(end + END_ENTRIES), sheets = 0;
    size_t at = four(end + END_DIRECTORY);
    for (size_t i = 0; i < entries; i++) {
        if (at + ENTRY_BYTES > size || memcmp(bytes + at, "PK\1\2", 4) != 0) {
            return false;
        }
        const unsigned char *entry = bytes + at;
        size_t name = two(entry + ENTRY_NAME);
        at += ENTRY_BYTES + name + two(entry + ENTRY_EXTRA) +
              two(entry + ENTRY_COMMENT);
        if (at > size) {
            return false;
        }
        size_t sheet = sheet_named(entry + ENTRY_BYTES, name, parts.sheets);
        if (!check_entry(bytes, size, entry, sheet, parts)) {
            return false;
        }
        sheets += sheet < parts.sheets;
    }
    return sheets == parts.sheets;
}
