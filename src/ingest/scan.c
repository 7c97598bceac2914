#include "ingest/scan.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ingest/utf8.h"

const char *lkv_encoding_id(lkv_encoding encoding)
{
    return encoding == LKV_UTF8 ? "utf-8" : "windows-1252";
}

ssize_t lkv_scan_read(const lkv_scan *scan, size_t offset, char *into,
                      size_t bytes)
{
    size_t done = 0;
    while (done < bytes) {
        ssize_t got = pread(scan->file, into + done, bytes - done,
                            (off_t)(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        done += (size_t)got;
    }
    return (ssize_t)done;
}

void lkv_scan_free(lkv_scan *scan)
{
    if (!scan) {
        return;
    }
    if (scan->file >= 0) {
        close(scan->file);
    }
    if (scan->marks) {
        g_array_unref(scan->marks);
    }
    g_free(scan->head);
    g_free(scan);
}

static lkv_place at_line(const lkv_input *input, long line)
{
    return (lkv_place){.file = input->name, .line = line};
}

static bool open_file(lkv_scan *scan, const lkv_input *input, lkv_diag *diag)
{
    struct stat facts;
    scan->file = open(input->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (scan->file < 0) {
        bool denied = errno == EACCES;
        lkv_message *message = lkv_diag_add(
            diag, errno == ENOENT ? "E-FILE-MISSING" : "E-FILE-UNREADABLE",
            at_line(input, 0), "the file cannot be read: %s",
            g_strerror(errno));
        lkv_message_why(message, "looked for %s", input->path);
        lkv_message_fix(message, denied
                                     ? "allow yourself to read it (chmod u+r)"
                                     : "put it there, or mend the path");
        return false;
    }
    if (fstat(scan->file, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        lkv_message *message = lkv_diag_add(
            diag, S_ISDIR(facts.st_mode) ? "E-FILE-FOLDER" : "E-FILE-SPECIAL",
            at_line(input, 0), "this is no plain file");
        lkv_message_fix(message, "save it as a file, and name that");
        return false;
    }
    scan->bytes = (size_t)facts.st_size;
    if (scan->bytes == 0) {
        lkv_message *message = lkv_diag_add(
            diag, "E-TABLE-EMPTY", at_line(input, 0), "the file is empty");
        lkv_message_fix(message, "export it again, or name another file");
        return false;
    }
    return true;
}

static const struct {
    const char *magic;
    size_t length;
    const char *what;
} foreign[] = {
    {"PK\003\004", 4, "an Excel or other zip file"},
    {"\xD0\xCF\x11\xE0", 4, "an old Excel file"},
    {"%PDF", 4, "a PDF"},
    {"<?xml", 5, "an XML file"},
    {"\x1F\x8B", 2, "a compressed file"},
    {"\xFF\xFE", 2, "text in UTF-16"},
    {"\xFE\xFF", 2, "text in UTF-16"},
};

static bool is_text(const lkv_scan *scan, const lkv_input *input,
                    lkv_diag *diag)
{
    for (size_t i = 0; i < G_N_ELEMENTS(foreign); i++) {
        if (scan->head_bytes >= foreign[i].length &&
            memcmp(scan->head, foreign[i].magic, foreign[i].length) == 0) {
            lkv_message *message =
                lkv_diag_add(diag, "E-FILE-FORMAT", at_line(input, 1),
                             "this is %s, not CSV", foreign[i].what);
            lkv_message_why(message, "the name of a file does not say what is "
                                     "in it; its first bytes do");
            lkv_message_fix(message, "open it and save it as "
                                     "\"CSV UTF-8 (comma delimited)\"");
            return false;
        }
    }
    return true;
}

/* Line ends so far; which of the two kinds ends lines is known at the end. */
struct line_ends {
    uint64_t feeds, returns;
};

/* What the pass over all bytes has seen so far; of each fault the first. */
struct pass {
    const lkv_stop *stop;
    lkv_utf8 utf8;
    uint64_t quotes;
    struct line_ends ends;
    bool nul, broken; /* BROKEN: a byte that is no UTF-8 */
    bool undefined; /* a byte that windows-1252 has not */
    struct line_ends nul_at, broken_at;
    unsigned char first_byte, broken_byte; /* of its character */
};

static char line_end(const struct pass *pass)
{
    return pass->ends.feeds == 0 && pass->ends.returns > 0 ? '\r' : '\n';
}

static long line_of(const struct pass *pass, struct line_ends ends)
{
    uint64_t before = line_end(pass) == '\n' ? ends.feeds : ends.returns;
    return (long)before + 1;
}

static bool undefined_1252(unsigned char byte)
{
    return byte == 0x81 || byte == 0x8d || byte == 0x8f || byte == 0x90 ||
           byte == 0x9d;
}

static void look_at(struct pass *pass, unsigned char byte)
{
    if (byte == 0 && !pass->nul) {
        pass->nul = true;
        pass->nul_at = pass->ends;
    }
    if (byte >= 0x80 || pass->utf8.wanted > 0) {
        pass->first_byte = pass->utf8.wanted > 0 ? pass->first_byte : byte;
        if (!lkv_utf8_next(&pass->utf8, byte) && !pass->broken) {
            pass->broken = true;
            pass->broken_at = pass->ends;
            pass->broken_byte = pass->first_byte;
        }
        pass->undefined = pass->undefined || undefined_1252(byte);
    }
    pass->quotes += byte == '"';
    pass->ends.feeds += byte == '\n';
    pass->ends.returns += byte == '\r';
}

enum { STRIDE = 64 };

/* The same for STRIDE bytes at AT by a loop that compilers turn into vectors;
 * false, with nothing counted, where a byte is NUL or not ASCII.
 */
static bool look_at_many(struct pass *pass, const char *at)
{
    uint8_t quotes = 0, feeds = 0, returns = 0, odd = 0;
    for (size_t i = 0; i < STRIDE; i++) {
        unsigned char byte = (unsigned char)at[i];
        quotes = (uint8_t)(quotes + (byte == '"'));
        feeds = (uint8_t)(feeds + (byte == '\n'));
        returns = (uint8_t)(returns + (byte == '\r'));
        odd |= (uint8_t)((byte == 0) | (byte & 0x80));
    }
    if (odd != 0 || pass->utf8.wanted > 0) {
        return false;
    }
    pass->quotes += quotes;
    pass->ends.feeds += feeds;
    pass->ends.returns += returns;
    return true;
}

static void look_at_block(struct pass *pass, const char *block, size_t bytes)
{
    size_t at = 0;
    while (at < bytes) {
        if (bytes - at >= STRIDE && look_at_many(pass, block + at)) {
            at += STRIDE;
            continue;
        }
        size_t end = MIN(at + STRIDE, bytes);
        for (; at < end; at++) {
            look_at(pass, (unsigned char)block[at]);
        }
    }
}

/* Keeps the first block; false with a report if it is of no text. */
static bool keep_head(lkv_scan *scan, const char *block, size_t bytes,
                      const lkv_input *input, lkv_diag *diag)
{
    scan->head = g_strndup("", bytes);
    memcpy(scan->head, block, bytes);
    scan->head_bytes = bytes;
    return is_text(scan, input, diag);
}

static bool pass_over(lkv_scan *scan, const lkv_input *input, struct pass *pass,
                      lkv_diag *diag)
{
    g_autofree char *block = g_malloc(LKV_BLOCK_BYTES);
    lkv_hasher *hasher = lkv_hasher_new();
    scan->marks = g_array_new(FALSE, FALSE, sizeof(lkv_block_mark));
    bool fine = true;
    for (size_t at = 0; at < scan->bytes; at += LKV_BLOCK_BYTES) {
        if (lkv_stop_asked(pass->stop)) {
            fine = false;
            break;
        }
        ssize_t got = lkv_scan_read(scan, at, block, LKV_BLOCK_BYTES);
        size_t wanted = MIN((size_t)LKV_BLOCK_BYTES, scan->bytes - at);
        if (got < 0 || (size_t)got < wanted) {
            lkv_diag_add(diag, "E-FILE-UNREADABLE", at_line(input, 0),
                         "the file cannot be read to its end");
            fine = false;
            break;
        }
        const lkv_block_mark mark = {.quotes = pass->quotes,
                                     .lines = pass->ends.feeds};
        g_array_append_val(scan->marks, mark);
        lkv_hasher_add(hasher, block, (size_t)got);
        look_at_block(pass, block, (size_t)got);
        if (at == 0 && !keep_head(scan, block, (size_t)got, input, diag)) {
            fine = false;
            break;
        }
    }
    scan->hash = lkv_hasher_end(hasher);
    return fine;
}

static bool refuse_encoding(const lkv_input *input, const struct pass *pass,
                            const char *stated, lkv_diag *diag)
{
    lkv_message *message =
        lkv_diag_add(diag, stated ? "E-ENCODING-OTHER" : "E-ENCODING-MIXED",
                     at_line(input, line_of(pass, pass->broken_at)),
                     "the byte 0x%02X is no %s here", pass->broken_byte,
                     stated ? stated : "UTF-8");
    lkv_message_why(message, stated ? "the study says that the file is"
                                    : "other parts of the file are UTF-8: two "
                                      "exports may have been joined");
    lkv_message_fix(message, "export the file again as UTF-8");
    return false;
}

/* Byte order mark; else valid UTF-8 over the whole file; else windows-1252,
 * only if no valid multi-byte sequence stands in the file.
 */
static bool find_encoding(lkv_scan *scan, const lkv_input *input,
                          const struct pass *pass, lkv_diag *diag)
{
    const char *stated = input->encoding;
    bool mark = scan->start > 0;
    bool utf8 = !pass->broken;
    bool latin = stated && g_ascii_strcasecmp(stated, "utf-8") != 0;
    if (utf8 && !(latin && pass->utf8.multiple == 0)) {
        if (latin) {
            lkv_diag_add(diag, "E-ENCODING-OTHER", at_line(input, 1),
                         "the file is UTF-8, the study says %s", stated);
            return false;
        }
        scan->encoding = LKV_UTF8;
        return true;
    }
    if (stated && !latin) {
        return refuse_encoding(input, pass, stated, diag);
    }
    if (!latin && (mark || pass->utf8.multiple > 0 || pass->undefined)) {
        return refuse_encoding(input, pass, NULL, diag);
    }
    scan->encoding = LKV_WINDOWS_1252;
    return true;
}

lkv_scan *lkv_scan_file(const lkv_input *input, const lkv_stop *stop,
                        lkv_diag *diag)
{
    g_autoptr(lkv_scan) scan = g_new0(lkv_scan, 1);
    struct pass pass = {.stop = stop};
    if (!open_file(scan, input, diag) || !pass_over(scan, input, &pass, diag)) {
        return NULL;
    }
    if (pass.utf8.wanted > 0 && !pass.broken) {
        pass.broken = true;
        pass.broken_at = pass.ends;
        pass.broken_byte = pass.first_byte;
    }
    if (scan->head_bytes >= 3 && memcmp(scan->head, "\xEF\xBB\xBF", 3) == 0) {
        scan->start = 3;
    }
    scan->line_end = line_end(&pass);
    if (pass.nul) {
        lkv_message *message = lkv_diag_add(
            diag, "E-FILE-NUL", at_line(input, line_of(&pass, pass.nul_at)),
            "there is a byte 0, which no text has");
        lkv_message_why(message, "the file is damaged, or is no CSV file");
        lkv_message_fix(message, "export it again, as CSV UTF-8");
        return NULL;
    }
    return find_encoding(scan, input, &pass, diag) ? g_steal_pointer(&scan)
                                                   : NULL;
}

lkv_scanned lkv_scan_ahead(const lkv_input *input, const lkv_stop *stop)
{
    lkv_scanned ahead = {.said = lkv_diag_new()};
    ahead.scan = lkv_scan_file(input, stop, ahead.said);
    return ahead;
}

lkv_scan *lkv_scan_take(lkv_scanned *ahead, const lkv_input *input,
                        const lkv_stop *stop, lkv_diag *diag)
{
    if (!ahead || !ahead->said) {
        return lkv_scan_file(input, stop, diag);
    }
    lkv_scan *scan = g_steal_pointer(&ahead->scan);
    lkv_diag_merge(diag, ahead->said);
    lkv_scanned_clear(ahead);
    return scan;
}

void lkv_scanned_clear(lkv_scanned *ahead)
{
    lkv_scan_free(ahead->scan);
    lkv_diag_free(ahead->said);
    *ahead = (lkv_scanned){0};
}
