/* Bytes as a file of the study, in a folder of the test's own. */
#ifndef LKV_TESTS_INGEST_INPUT_FILE_H
#define LKV_TESTS_INGEST_INPUT_FILE_H

#include <string.h>

#include "check.h"
#include "ingest/scan.h"
#include "unit/base/scratch.h"

/* A file of text that holds no byte 0. */
#define TEXT(text) (text), sizeof(text) - 1

typedef struct input_file {
    char *path;
    lkv_input input;
    lkv_diag *diag;
} input_file;

static inline input_file *input_file_new(void **state, const char *bytes,
                                         size_t size)
{
    input_file *file = g_new0(input_file, 1);
    file->path = scratch_path(state, "elever.csv");
    assert_true(g_file_set_contents(file->path, bytes, (gssize)size, NULL));
    file->input = (lkv_input){
        .table = LKV_TABLE_PUPILS, .path = file->path, .name = "elever.csv"};
    file->diag = lkv_diag_new();
    return file;
}

static inline void input_file_free(input_file *file)
{
    lkv_diag_free(file->diag);
    g_free(file->path);
    g_free(file);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(input_file, input_file_free)

/* The only message is CODE at LINE of the file. */
static inline void assert_told(const input_file *file, const char *code,
                               long line)
{
    assert_int_equal(lkv_diag_size(file->diag), 1);
    const lkv_message *message = lkv_diag_at(file->diag, 0);
    assert_string_equal(message->code, code);
    assert_string_equal(message->file, "elever.csv");
    assert_int_equal(message->line, line);
}

static inline void assert_quiet(const input_file *file)
{
    if (lkv_diag_size(file->diag) > 0) {
        g_autofree char *text = lkv_diag_text(file->diag, (lkv_print){0});
        fail_msg("%s", text);
    }
}

#endif
