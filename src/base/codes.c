#include "base/codes.h"

#include <string.h>

static const lkv_code codes[] = {
#define LKV_CODE(code, fault, explanation)                                     \
    {code, LKV_FAULT_##fault, explanation},
#include "base/codes.def"
#undef LKV_CODE
};

const lkv_code *lkv_code_find(const char *code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        if (strcmp(codes[i].code, code) == 0) {
            return &codes[i];
        }
    }
    return NULL;
}

lkv_severity lkv_code_severity(const char *code)
{
    if (code[0] == 'E') {
        return LKV_ERROR;
    }
    return code[0] == 'W' ? LKV_WARNING : LKV_INFO;
}

const char *lkv_severity_word(lkv_severity severity)
{
    static const char *const words[] = {
        [LKV_INFO] = "note", [LKV_WARNING] = "warning", [LKV_ERROR] = "error"};
    return words[severity];
}

const char *lkv_code_explain(const char *code)
{
    const lkv_code *found = lkv_code_find(code);
    return found ? found->explanation : NULL;
}

const char *lkv_code_at(size_t index)
{
    return index < G_N_ELEMENTS(codes) ? codes[index].code : NULL;
}
