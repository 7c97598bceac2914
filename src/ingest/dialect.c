#include "ingest/dialect.h"

#include <string.h>

static const char delimiters[] = ";,\t|";

enum { ROWS = 20 };

/* The line behind AT, without its end; NULL at the end of the head. */
static const char *line_at(const lkv_scan *scan, size_t at, size_t *length)
{
    if (at >= scan->head_bytes) {
        return NULL;
    }
    const char *start = scan->head + at;
    const char *end = memchr(start, scan->line_end, scan->head_bytes - at);
    *length = end ? (size_t)(end - start) : scan->head_bytes - at;
    return start;
}

static bool is_separator(const char *line, size_t length)
{
    return length >= 5 && g_ascii_strncasecmp(line, "sep=", 4) == 0;
}

/* Whether a quote is open at the end of RANGE, which lies in the head. */
static bool is_open(const lkv_scan *scan, lkv_range range)
{
    bool open = false;
    for (size_t at = range.from; at < MIN(range.to, scan->head_bytes); at++) {
        open = open != (scan->head[at] == '"');
    }
    return open;
}

lkv_range lkv_dialect_header(const lkv_scan *scan, const lkv_input *input)
{
    lkv_range range = {.from = scan->start};
    unsigned skip = input->skip;
    for (;;) {
        size_t length = 0;
        const char *line = line_at(scan, range.from, &length);
        if (!line) {
            range.to = range.from;
            return range;
        }
        bool blank = length == 0 || (length == 1 && *line == '\r');
        bool separator = range.lines == 0 && is_separator(line, length);
        range.to = MIN(range.from + length + 1, scan->bytes);
        if (skip == 0 && !blank && !separator) {
            break;
        }
        skip -= skip > 0 && !separator;
        range.from = range.to;
        range.lines++;
    }
    /* A quoted header may go over lines. */
    while (is_open(scan, range) && range.to < scan->head_bytes) {
        size_t length = 0;
        line_at(scan, range.to, &length);
        range.to = MIN(range.to + length + 1, scan->bytes);
    }
    return range;
}

/* Fields of a line, quotes observed. */
static int fields_of(const char *line, size_t length, char delimiter)
{
    bool quoted = false;
    int count = 1;
    for (size_t i = 0; i < length; i++) {
        if (line[i] == '"') {
            quoted = !quoted;
        } else if (line[i] == delimiter && !quoted) {
            count++;
        }
    }
    return count;
}

/* Cells of a header are filled, and are no numbers. */
static bool header_like(const char *line, size_t length, char delimiter)
{
    size_t start = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && line[i] != delimiter) {
            continue;
        }
        size_t size = i - start;
        const char *cell = line + start;
        bool number = size > 0 && strspn(cell, "0123456789.,-") >= size;
        if (size == 0 || number) {
            return false;
        }
        start = i + 1;
    }
    return true;
}

/* 0 when DELIMITER does not part the header; else the share of rows with the
 * header's number of fields, a good header first.
 */
static double score(const lkv_scan *scan, lkv_range header, char delimiter)
{
    const char *line = scan->head + header.from;
    size_t length = MIN(header.to, scan->head_bytes) - header.from;
    while (length > 0 &&
           (line[length - 1] == '\n' || line[length - 1] == '\r')) {
        length--;
    }
    int wanted = fields_of(line, length, delimiter);
    double same = 0.0, rows = 0.0;
    if (wanted < 2) {
        return 0.0;
    }
    size_t at = header.to;
    for (int i = 0; i < ROWS; i++) {
        size_t size = 0;
        const char *row = line_at(scan, at, &size);
        if (!row || at + size >= scan->head_bytes) {
            break;
        }
        if (size > 1) {
            rows += 1.0;
            same += fields_of(row, size, delimiter) == wanted;
        }
        at += size + 1;
    }
    double share = rows > 0.0 ? same / rows : 1.0;
    return (header_like(line, length, delimiter) ? 10.0 : 0.1) + 4.0 * share +
           0.001 * (wanted < 100 ? wanted : 100);
}

/* The delimiter that parts the header best, or 0. */
static char find_best(const lkv_scan *scan, lkv_range header)
{
    char best = '\0';
    double most = 0.0;
    for (const char *at = delimiters; *at; at++) {
        double points = score(scan, header, *at);
        if (points > most) {
            most = points;
            best = *at;
        }
    }
    return best;
}

/* What "sep=" in the first line says, unless something else parts the header, or
 * the study says something else: then 0 with a report.
 */
static char stated_first(const lkv_scan *scan, const lkv_input *input,
                         lkv_range header, char stated, lkv_diag *diag)
{
    const lkv_place place = {.file = input->name, .line = 1};
    if (input->delimiter && input->delimiter != stated) {
        lkv_message *message =
            lkv_diag_add(diag, "E-DELIMITER", place,
                         "the study says the delimiter is \"%c\", the file "
                         "says \"%c\"",
                         input->delimiter, stated);
        lkv_message_fix(message, "correct delimiter: in the study, or take "
                                 "the line sep= out of the file");
        return '\0';
    }
    bool parts = score(scan, header, stated) > 0.0 || !find_best(scan, header);
    if (!strchr(delimiters, stated) || !parts) {
        lkv_message *message = lkv_diag_add(
            diag, "E-DELIMITER", place,
            "the line sep= names what does not part the header into columns");
        lkv_message_fix(message, "take that line out, or write into it what "
                                 "parts the columns, such as sep=;");
        return '\0';
    }
    return stated;
}

static char refuse(const lkv_input *input, lkv_range header, lkv_diag *diag)
{
    lkv_message *message = lkv_diag_add(
        diag, "E-DELIMITER",
        (lkv_place){.file = input->name, .line = (long)header.lines + 1},
        "the header row cannot be parted into columns");
    lkv_message_why(message, "there is no semicolon, comma, tab or | in it");
    lkv_message_fix(message, "export the file again as CSV with semicolons; "
                             "if its header is in a later row, state skip:");
    return '\0';
}

char lkv_dialect_delimiter(const lkv_scan *scan, const lkv_input *input,
                           lkv_diag *diag)
{
    size_t length = 0;
    const char *first = line_at(scan, scan->start, &length);
    lkv_range header = lkv_dialect_header(scan, input);
    if (header.to <= header.from) {
        lkv_diag_add(diag, "E-TABLE-HEADER",
                     (lkv_place){.file = input->name, .line = 1},
                     "there is no header row");
        return '\0';
    }
    if (first && is_separator(first, length)) {
        return stated_first(scan, input, header, first[4], diag);
    }
    char best = find_best(scan, header);
    if (!input->delimiter) {
        return best ? best : refuse(input, header, diag);
    }
    if (best && best != input->delimiter &&
        score(scan, header, input->delimiter) == 0.0) {
        lkv_message *message = lkv_diag_add(
            diag, "E-DELIMITER",
            (lkv_place){.file = input->name, .line = (long)header.lines + 1},
            "the study says the delimiter is \"%c\", the file has \"%c\"",
            input->delimiter, best);
        lkv_message_fix(message, "correct delimiter: in the study");
        return '\0';
    }
    return input->delimiter;
}

size_t lkv_dialect_end(const lkv_scan *scan, const lkv_input *input)
{
    size_t end = scan->bytes;
    char byte = '\0';
    for (unsigned i = 0; i < input->skip_last && end > 0; i++) {
        size_t at = end - 1;
        while (at > 0 && lkv_scan_read(scan, at - 1, &byte, 1) == 1 &&
               byte != scan->line_end) {
            at--;
        }
        end = at;
    }
    return end;
}
