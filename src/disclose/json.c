#include "disclose/json.h"

#include <string.h>

void lkv_json_fail(lkv_json *reader, const char *field, const char *wanted)
{
    if (reader->failed) {
        return;
    }
    reader->failed = true;
    lkv_message *message =
        lkv_diag_add(reader->diag, "E-RESULTS-JSON",
                     (lkv_place){.file = reader->file, .field = field},
                     "Here should be %s", wanted);
    lkv_message_fix(message, "Take results.json as the run wrote it");
}

int64_t lkv_json_whole(lkv_json *reader, const json_t *object,
                       const char *field, int64_t least, int64_t most)
{
    const json_t *value = json_object_get(object, field);
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > most) {
        lkv_json_fail(reader, field, "a whole number of its range");
        return 0;
    }
    return json_integer_value(value);
}

bool lkv_json_truth(lkv_json *reader, const json_t *object, const char *field)
{
    const json_t *value = json_object_get(object, field);
    if (!json_is_boolean(value)) {
        lkv_json_fail(reader, field, "true or false");
        return false;
    }
    return json_is_true(value);
}

const char *lkv_json_text(lkv_json *reader, const json_t *object,
                          const char *field, bool none)
{
    const json_t *value = json_object_get(object, field);
    if (none && json_is_null(value)) {
        return NULL;
    }
    if (!json_is_string(value)) {
        lkv_json_fail(reader, field, "a text");
        return none ? NULL : "";
    }
    return json_string_value(value);
}

const json_t *lkv_json_array(lkv_json *reader, const json_t *object,
                             const char *field)
{
    const json_t *value = json_object_get(object, field);
    if (!json_is_array(value)) {
        lkv_json_fail(reader, field, "an array");
        return NULL;
    }
    return value;
}

const json_t *lkv_json_object(lkv_json *reader, const json_t *object,
                              const char *field)
{
    const json_t *value = json_object_get(object, field);
    if (!json_is_object(value)) {
        lkv_json_fail(reader, field, "an object");
        return NULL;
    }
    return value;
}

uint16_t lkv_json_number(lkv_json *reader, const json_t *value,
                         const char *field, size_t limit, bool none)
{
    if (none && json_is_null(value)) {
        return LKV_NO_VALUE;
    }
    if (!json_is_integer(value) || json_integer_value(value) < 0 ||
        json_integer_value(value) >= (json_int_t)limit) {
        lkv_json_fail(reader, field, "a number of its table");
        return 0;
    }
    return (uint16_t)json_integer_value(value);
}

size_t lkv_json_word(lkv_json *reader, const json_t *value, const char *field,
                     const char *const *words)
{
    const char *text = json_is_string(value) ? json_string_value(value) : NULL;
    for (size_t i = 0; text && words[i]; i++) {
        if (strcmp(text, words[i]) == 0) {
            return i;
        }
    }
    lkv_json_fail(reader, field, "one of its words");
    return 0;
}
