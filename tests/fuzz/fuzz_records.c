/* Records of any bytes; and where a file without faults is cut does not change
 * its records, fields or line numbers.
 */
#define _GNU_SOURCE
#include "fuzz.h"

#include <string.h>

#include "base/hash.h"
#include "ingest/dialect.h"
#include "ingest/record.h"
#include "ingest/scan.h"

enum { SLOTS = 8, CUTS = 32 };

/* A sum over records that knows their order. */
struct sum {
    uint64_t value;
};

static bool take(void *context, const lkv_record *record)
{
    struct sum *sum = context;
    const uint64_t numbers[] = {sum->value, (uint64_t)record->line,
                                record->fields};
    sum->value = lkv_hash_short(numbers, sizeof numbers);
    for (size_t i = 0; i < SLOTS; i++) {
        if (strlen(record->field[i].text) != record->field[i].length) {
            abort();
        }
        sum->value = sum->value * 31 + lkv_hash_short(record->field[i].text,
                                                      record->field[i].length);
    }
    return true;
}

static bool read_range(const lkv_scan *scan, char delimiter, lkv_range range,
                       struct sum *sum)
{
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_reading reading = {.scan = scan,
                           .name = "fuzz.csv",
                           .delimiter = delimiter,
                           .slots = SLOTS,
                           .steady = SLOTS / 2,
                           .diag = diag};
    return lkv_records_read(&reading, range, take, sum) &&
           lkv_diag_size(diag) == 0;
}

/* Behind each line end with an even number of quotes before it. */
static void cut(const lkv_scan *scan, char delimiter, lkv_range whole,
                const uint8_t *bytes)
{
    struct sum expected = {0};
    if (!read_range(scan, delimiter, whole, &expected)) {
        return;
    }
    uint64_t quotes = 0, lines = whole.lines;
    int cuts = 0;
    for (size_t at = whole.from; at < whole.to && cuts < CUTS; at++) {
        quotes += bytes[at] == '"';
        lines += bytes[at] == '\n';
        if (bytes[at] != '\n' || quotes % 2 == 1) {
            continue;
        }
        struct sum found = {0};
        lkv_range first = {whole.from, at + 1, whole.lines};
        lkv_range second = {at + 1, whole.to, lines};
        if (!read_range(scan, delimiter, first, &found) ||
            !read_range(scan, delimiter, second, &found) ||
            found.value != expected.value) {
            abort();
        }
        cuts++;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char path[FUZZ_PATH];
    int file = fuzz_file(bytes, size, path);
    const lkv_input input = {.path = path, .name = "fuzz.csv"};
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_scan) scan = lkv_scan_file(&input, NULL, diag);
    char delimiter = scan ? lkv_dialect_delimiter(scan, &input, diag) : '\0';
    if (delimiter) {
        lkv_range range = lkv_dialect_header(scan, &input);
        range.to = lkv_dialect_end(scan, &input);
        if (range.from <= range.to && scan->line_end == '\n') {
            cut(scan, delimiter, range, bytes);
        } else {
            struct sum sum = {0};
            read_range(scan, delimiter, range, &sum);
        }
    }
    close(file);
    return 0;
}
