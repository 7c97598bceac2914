/* Decimal text: what is read and written again is read as the same. */
#define _GNU_SOURCE
#include "fuzz.h"

#include <string.h>

#include "base/decimal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0) {
        return 0;
    }
    lkv_decimal first, again;
    char point = bytes[0] % 2 == 0 ? '.' : ',';
    if (lkv_decimal_read((const char *)bytes + 1, size - 1, point, &first) !=
        LKV_DECIMAL_OK) {
        return 0;
    }
    char text[32];
    lkv_decimal_text(first.mantissa, first.decimals, text);
    lkv_decimal_fault fault = lkv_decimal_read(text, strlen(text), '.', &again);
    if (fault == LKV_DECIMAL_OK && (again.mantissa != first.mantissa ||
                                    again.decimals != first.decimals)) {
        abort();
    }
    if (fault == LKV_DECIMAL_NOT_A_NUMBER) {
        abort();
    }
    for (unsigned decimals = 0; decimals <= LKV_DECIMALS_MOST; decimals++) {
        int64_t scaled = 0;
        lkv_decimal_scale(first, decimals, &scaled);
    }
    return 0;
}
