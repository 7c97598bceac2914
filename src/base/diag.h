/* What went wrong, where, why, and how to mend it.
 *
 * Whoever notices a fault reports it here, once, at the spot that knows most,
 * and returns NULL or false; callers add nothing. Reading goes on after a bad
 * row, so all faults of a run come out together. One lkv_diag belongs to one
 * thread; threads have their own and are merged in a fixed order.
 *
 * Personal data never enters: no value of a column that identifies a pupil.
 */
#ifndef LKV_BASE_DIAG_H
#define LKV_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

typedef enum { LKV_INFO, LKV_WARNING, LKV_ERROR } lkv_severity;

/* What a fault means for the exit code of a run (`likvard help exit-codes`). */
typedef enum {
    LKV_FAULT_NONE,
    LKV_FAULT_STUDY, /* 78: the study, a rule file, a catalogue */
    LKV_FAULT_INPUT, /* 66: an input file is missing or unreadable */
    LKV_FAULT_DATA, /* 65: the data was refused */
    LKV_FAULT_CREATE, /* 73: the output cannot be made, or exists */
    LKV_FAULT_IO, /* 74: disk full, short write */
    LKV_FAULT_BUG /* 70 */
} lkv_fault;

/* Line and column count from 1; 0 means that there is none. FIELD is the name
 * of a column or a key path, or NULL. Strings are copied when reported.
 */
typedef struct lkv_place {
    const char *file;
    long line;
    long column;
    const char *field;
} lkv_place;

typedef struct lkv_message {
    lkv_severity severity;
    lkv_fault fault;
    const char *code; /* stable word such as W-CODE-UNKNOWN, static */
    char *file;
    long line;
    long column;
    char *field;
    char *what; /* one sentence, no final full stop */
    char *why; /* or NULL */
    char *fix; /* or NULL */
    char *excerpt; /* the offending field of a harmless column, or NULL */
} lkv_message;

typedef struct lkv_diag lkv_diag;

lkv_diag *lkv_diag_new(void);
void lkv_diag_free(lkv_diag *diag);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(lkv_diag, lkv_diag_free)

/* Reports a fault. CODE begins with E-, W- or I-, and must be one of
 * base/codes.def, which holds each code's severity, fault and explanation.
 * The message stays with DIAG and is lent so that why, fix and excerpt can be
 * added; it is valid until the next report.
 */
lkv_message *lkv_diag_add(lkv_diag *diag, const char *code, lkv_place place,
                          const char *what, ...) G_GNUC_PRINTF(4, 5);
void lkv_message_why(lkv_message *message, const char *why, ...)
    G_GNUC_PRINTF(2, 3);
void lkv_message_fix(lkv_message *message, const char *fix, ...)
    G_GNUC_PRINTF(2, 3);
/* Keeps at most 40 bytes of TEXT, control bytes escaped. */
void lkv_message_excerpt(lkv_message *message, const char *text);

/* Moves all messages of FROM behind those of INTO; FROM is then empty. */
void lkv_diag_merge(lkv_diag *into, lkv_diag *from);

size_t lkv_diag_count(const lkv_diag *diag, lkv_severity severity);
/* The gravest fault of all errors in the order study, input, data, create,
 * io, bug (a run with several exits with the first that applies); NONE
 * without errors.
 */
lkv_fault lkv_diag_fault(const lkv_diag *diag);
/* Whether a message with CODE has been reported. */
bool lkv_diag_has(const lkv_diag *diag, const char *code);
size_t lkv_diag_size(const lkv_diag *diag);
const lkv_message *lkv_diag_at(const lkv_diag *diag, size_t index);

typedef struct lkv_print {
    bool colour;
    size_t most; /* kinds of message to print; 0 = all */
    const char *summary; /* first word of the last line, such as "check" */
} lkv_print;

/* The messages as people read them: sorted by file and line, those alike
 * grouped with a count and the first lines, a summary last. Alike are messages
 * of one code, file and field; in study and rule files also of one why and fix,
 * since there each word is mended by itself. Control bytes never reach the
 * text. g_free, like the two below.
 */
char *lkv_diag_text(const lkv_diag *diag, lkv_print print);
/* All messages as CSV in the same order, under the header
 * severity,code,file,line,column,field,what,why,fix. Line and column are empty
 * where there is none.
 */
char *lkv_diag_csv(const lkv_diag *diag);
/* One JSON object a line. */
char *lkv_diag_jsonl(const lkv_diag *diag);

#endif
