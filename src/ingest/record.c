#include "ingest/record.h"

#include <stdarg.h>
#include <string.h>

#include <csv.h>

#include "ingest/block.h"
#include "ingest/value.h"

/* The state of a parser that csv_init has just made: blank lines leave it so.
 */
enum { ROW_NOT_BEGUN = 0 };

/* A field shorter than this has a place of its own, where it stays from record to
 * record.
 */
enum { OWN_BYTES = 64 };

/* One parser over one range. */
struct reader {
    lkv_reading *reading;
    lkv_record_sink sink;
    void *context;
    struct csv_parser parser;
    lkv_encoding encoding;
    char *own; /* [slots * OWN_BYTES] fields that fit, a NUL behind each */
    char *text; /* the other wanted fields of the record */
    char *end; /* of those so far */
    lkv_field_text *field; /* [slots] into OWN or TEXT */
    uint64_t version; /* the last that was given */
    size_t columns; /* of which any is wanted */
    int16_t *slot; /* [columns] */
    size_t fields; /* of the record so far */
    bool simple; /* a record with all its fields goes on as it is */
    lkv_block block; /* what is known of the one being fed */
    bool regular; /* lines of it are being fed that are a record each */
    bool plain; /* the record so far */
    long line; /* being fed, from 1 */
    long record_line; /* the record began on */
    size_t record_bytes;
    bool begun; /* a record is half read */
    bool too_long; /* a field over the limit */
    bool stop; /* the sink has had enough */
    bool failed;
};

lkv_message *lkv_record_reject(lkv_reading *reading, const lkv_record *record,
                               const char *code, const char *field,
                               const char *what, ...)
{
    va_list arguments;
    va_start(arguments, what);
    g_autofree char *text = g_strdup_vprintf(what, arguments);
    va_end(arguments);
    reading->rejected++;
    if (reading->lost && record->field) {
        reading->lost(reading->lost_context, record);
    }
    return lkv_diag_add(reading->diag, code,
                        (lkv_place){.file = reading->name,
                                    .line = record->line,
                                    .field = field},
                        "%s; the row is left out", text);
}

void lkv_record_excerpt(lkv_message *message, const char *text, size_t most)
{
    if (!lkv_value_many_digits(text, most)) {
        lkv_message_excerpt(message, text);
    }
}

/* The slot of COLUMN, or -1. */
static int slot_of(const struct reader *reader, size_t column)
{
    return column < reader->columns ? reader->slot[column] : -1;
}

static void set_field(struct reader *reader, int slot, const char *text,
                      size_t length)
{
    reader->field[slot] = (lkv_field_text){text, length, ++reader->version};
}

/* Keeps any field: one that has to be trimmed or is of another encoding, or
 * that has no room in its own place.
 */
static void keep_any(struct reader *reader, int slot, const char *bytes,
                     size_t length)
{
    char *text = reader->end;
    length = lkv_value_write(text, bytes, length, reader->encoding);
    if (length < OWN_BYTES) {
        text = memcpy(reader->own + slot * OWN_BYTES, text, length);
    } else {
        reader->end += length + 1;
    }
    text[length] = '\0';
    set_field(reader, slot, text, length);
}

/* Whether steady SLOT holds these bytes already. Others are not asked: of texts
 * of one letter the answer cannot be foreseen, and costs more than a copy.
 */
static bool holds(const struct reader *reader, int slot, const char *bytes,
                  size_t length)
{
    const lkv_field_text *field = &reader->field[slot];
    return (size_t)slot < reader->reading->steady && field->length == length &&
           memcmp(field->text, bytes, length) == 0;
}

static void take_field(void *bytes, size_t length, void *context)
{
    struct reader *reader = context;
    int slot = slot_of(reader, reader->fields++);
    if (length > LKV_FIELD_BYTES) {
        reader->too_long = true;
        length = 0;
    }
    if (slot < 0) {
        return;
    }
    bool fits = length < OWN_BYTES && reader->encoding == LKV_UTF8;
    if (fits && holds(reader, slot, bytes, length)) {
        return;
    }
    if (!fits || !lkv_value_trim(bytes, length)) {
        keep_any(reader, slot, bytes, length);
        return;
    }
    char *own = reader->own + slot * OWN_BYTES;
    memcpy(own, bytes, length);
    own[length] = '\0';
    set_field(reader, slot, own, length);
}

size_t lkv_record_invisible(const lkv_record *record, size_t slots)
{
    size_t slot = record->plain ? slots : 0;
    while (slot < slots && !lkv_value_invisible(record->field[slot].text)) {
        slot++;
    }
    return slot;
}

static void clear_record(struct reader *reader)
{
    reader->fields = 0;
    reader->record_bytes = 0;
    reader->too_long = false;
    reader->end = reader->text;
}

/* Fields of columns that the record lacks hold what the one before had. */
static void complete_fields(struct reader *reader)
{
    const lkv_reading *reading = reader->reading;
    for (size_t i = reader->fields; i < reader->columns; i++) {
        int slot = slot_of(reader, i);
        if (slot >= 0) {
            set_field(reader, slot, "", 0);
        }
    }
    for (size_t i = 0; reading->same && i < reading->slots; i++) {
        reader->field[i] = reader->field[reading->same[i]];
    }
}

static bool passes(const lkv_reading *reading, const lkv_field_text *field)
{
    for (size_t i = 0; i < reading->tests; i++) {
        const lkv_row_test *test = &reading->test[i];
        const char *const *text = test->texts;
        while (*text && strcmp(*text, field[test->slot].text) != 0) {
            text++;
        }
        if (!*text) {
            return false;
        }
    }
    return true;
}

static void pass_over(lkv_reading *reading, const lkv_record *record)
{
    reading->rows--;
    reading->passed_over++;
    if (reading->lost) {
        reading->lost(reading->lost_context, record);
    }
}

/* Hands on a record, or says why not. */
static void judge(struct reader *reader, const lkv_record *record)
{
    lkv_reading *reading = reader->reading;
    complete_fields(reader);
    if (reading->columns > 0 && record->fields != reading->columns) {
        lkv_message *message = lkv_record_reject(
            reading, record, "W-ROW-FIELDS", NULL,
            "the row has %zu field%s, the header %zu", record->fields,
            record->fields == 1 ? "" : "s", reading->columns);
        lkv_message_fix(message, "put fields that hold the delimiter in "
                                 "quotes; notes below the rows: skip_last:");
    } else if (reader->too_long) {
        lkv_record_reject(reading, record, "W-ROW-LIMIT", NULL,
                          "a field is longer than %d bytes", LKV_FIELD_BYTES);
    } else if (!passes(reading, reader->field)) {
        pass_over(reading, record);
    } else {
        reader->stop = !reader->sink(reader->context, record);
    }
}

static void take_record(int end, void *context)
{
    struct reader *reader = context;
    (void)end;
    if (reader->stop || reader->fields == 0) {
        return;
    }
    const lkv_record record = {.line = reader->record_line,
                               .fields = reader->fields,
                               .field = reader->field,
                               .plain = reader->plain};
    reader->reading->rows++;
    if (reader->simple && record.fields == reader->columns &&
        !reader->too_long) {
        reader->stop = !reader->sink(reader->context, &record);
    } else {
        judge(reader, &record);
    }
    clear_record(reader);
    if (reader->regular) {
        reader->record_line = ++reader->line;
    }
}

static lkv_message *fail(struct reader *reader, const char *code,
                         const char *what)
{
    reader->failed = true;
    return lkv_diag_add(
        reader->reading->diag, code,
        (lkv_place){.file = reader->reading->name, .line = reader->record_line},
        "%s", what);
}

static void fail_quote(struct reader *reader, const char *code,
                       const char *what)
{
    lkv_message *message = fail(reader, code, what);
    reader->reading->quote_fault = true;
    lkv_message_why(message, "all that follows a quote belongs to one field, "
                             "until the next quote");
    lkv_message_fix(message, "delete the quote or close it; a quote inside a "
                             "field is written as two");
}

static bool start_parser(struct reader *reader)
{
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        return false;
    }
    csv_set_delim(&reader->parser, (unsigned char)reader->reading->delimiter);
    csv_set_blk_size(&reader->parser, 4096);
    return true;
}

/* A line that strict CSV does not know: text behind a closing quote, or a
 * quote inside a bare field. The parser starts anew on the next line. When the
 * record began on another line, that one's quote has swallowed lines between.
 */
static void reject_line(struct reader *reader)
{
    if (reader->line != reader->record_line) {
        fail_quote(reader, "E-QUOTE-OPEN",
                   "a quote that is opened here is not closed before the next "
                   "one");
        return;
    }
    complete_fields(reader);
    const lkv_record record = {
        .line = reader->line, .fields = reader->fields, .field = reader->field};
    reader->reading->rows++;
    reader->reading->quote_fault = true;
    lkv_record_reject(reader->reading, &record, "W-ROW-QUOTE", NULL,
                      "there is a quote where none may stand");
    csv_free(&reader->parser);
    start_parser(reader);
    clear_record(reader);
    reader->begun = false;
}

/* Feeds a piece of a line; false once the parser has refused the line. Limits
 * come first, so that no size of pieces shows in them.
 */
static bool feed(struct reader *reader, const char *bytes, size_t length)
{
    if (!reader->begun) {
        reader->record_line = reader->line;
        reader->record_bytes = 0;
        reader->plain = true;
    }
    reader->plain = reader->plain && reader->block.plain &&
                    reader->line == reader->record_line;
    reader->record_bytes += length;
    if (reader->record_bytes > LKV_RECORD_BYTES) {
        fail_quote(reader, "E-RECORD-LIMIT",
                   "a row is longer than 1 MiB; is a quote never closed?");
        return true;
    }
    if (reader->begun &&
        reader->line - reader->record_line >= LKV_FIELD_LINES) {
        fail_quote(reader, "E-QUOTE-OPEN",
                   "a quote that is opened here is not closed within 10 lines");
        return true;
    }
    size_t done = csv_parse(&reader->parser, bytes, length, take_field,
                            take_record, reader);
    if (done != length) {
        reject_line(reader);
        return false;
    }
    reader->begun = reader->parser.pstate != ROW_NOT_BEGUN;
    return true;
}

/* Feeds LENGTH bytes, which are lines of a regular block, without a look at
 * each. Strict CSV refuses nothing but quotes, of which they have none.
 */
static void feed_regular(struct reader *reader, const char *bytes,
                         size_t length)
{
    reader->record_line = reader->line;
    reader->plain = reader->block.plain;
    reader->regular = true;
    size_t done = csv_parse(&reader->parser, bytes, length, take_field,
                            take_record, reader);
    reader->regular = false;
    g_assert(done == length);
}

/* Bytes of the whole lines of BLOCK from AT on that can be fed together. The
 * first line may have begun in another block.
 */
static size_t regular_bytes(const struct reader *reader, const char *block,
                            size_t at, size_t bytes)
{
    size_t end = bytes;
    if (!reader->block.regular || reader->begun || at == 0) {
        return 0;
    }
    while (end > at && block[end - 1] != '\n') {
        end--;
    }
    return end - at;
}

/* Walks a block line by line. SKIP carries a refused line over blocks. */
static void walk(struct reader *reader, const char *block, size_t bytes,
                 bool *skip)
{
    char end = reader->reading->scan->line_end;
    for (size_t at = 0; at < bytes && !reader->stop && !reader->failed;) {
        size_t many = *skip ? 0 : regular_bytes(reader, block, at, bytes);
        if (many > 0) {
            feed_regular(reader, block + at, many);
            at += many;
            continue;
        }
        const char *stop = memchr(block + at, end, bytes - at);
        size_t length = stop ? (size_t)(stop - (block + at)) + 1 : bytes - at;
        if (!*skip) {
            *skip = !feed(reader, block + at, length);
        }
        at += length;
        if (stop) {
            reader->line++;
            *skip = false;
        }
    }
}

static void finish(struct reader *reader)
{
    if (reader->failed || reader->stop) {
        return;
    }
    if (csv_fini(&reader->parser, take_field, take_record, reader) != 0) {
        fail_quote(reader, "E-QUOTE-OPEN",
                   "a quote that is opened here is never closed");
    }
}

/* Room for the wanted fields of any record: one that is over the limit is
 * noticed before the next piece of it. What is never written takes no memory.
 */
static size_t text_room(const lkv_reading *reading)
{
    return LKV_VALUE_GROWTH * (LKV_RECORD_BYTES + LKV_BLOCK_BYTES) +
           reading->slots;
}

static void start_reader(struct reader *reader)
{
    const lkv_reading *reading = reader->reading;
    reader->columns = reading->columns ? reading->columns : reading->slots;
    reader->slot = g_new(int16_t, reader->columns + 1);
    for (size_t i = 0; i < reader->columns; i++) {
        reader->slot[i] = reading->columns ? reading->slot[i] : (int16_t)i;
    }
    reader->own = g_malloc(OWN_BYTES * (reading->slots + 1));
    reader->text = g_malloc(text_room(reading));
    reader->field = g_new(lkv_field_text, reading->slots + 1);
    for (size_t i = 0; i < reading->slots; i++) {
        set_field(reader, (int)i, "", 0);
    }
    reader->simple =
        reading->columns > 0 && !reading->same && reading->tests == 0;
    clear_record(reader);
    reader->failed = !start_parser(reader);
}

bool lkv_records_read(lkv_reading *reading, lkv_range range,
                      lkv_record_sink sink, void *context)
{
    struct reader reader = {.reading = reading,
                            .sink = sink,
                            .context = context,
                            .encoding = reading->scan->encoding,
                            .line = (long)range.lines + 1};
    g_autofree char *block = g_malloc(LKV_BLOCK_BYTES);
    bool skip = false;
    start_reader(&reader);
    for (size_t at = range.from;
         at < range.to && !reader.stop && !reader.failed;) {
        if (lkv_stop_asked(reading->stop)) {
            reader.failed = true;
            break;
        }
        size_t bytes = MIN((size_t)LKV_BLOCK_BYTES, range.to - at);
        ssize_t got = lkv_scan_read(reading->scan, at, block, bytes);
        if (got <= 0) {
            fail(&reader, "E-FILE-UNREADABLE", "the file cannot be read on");
            break;
        }
        reader.block = lkv_block_look(block, (size_t)got);
        reader.block.plain = reader.block.plain && reader.encoding == LKV_UTF8;
        walk(&reader, block, (size_t)got, &skip);
        at += (size_t)got;
    }
    if (!skip) {
        finish(&reader);
    }
    csv_free(&reader.parser);
    g_free(reader.slot);
    g_free(reader.own);
    g_free(reader.text);
    g_free(reader.field);
    return !reader.failed;
}

const char *lkv_records_libcsv_version(void)
{
    return G_STRINGIFY(CSV_MAJOR) "." G_STRINGIFY(CSV_MINOR) "." G_STRINGIFY(
        CSV_RELEASE);
}
