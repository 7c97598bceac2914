#include "measure/catalogue.h"

#include <string.h>

const lkv_measure *lkv_measure_at(size_t index)
{
    static const lkv_measure *const all[] = {
#define LKV_MEASURE(name) &lkv_measure_##name,
#include "measure/catalogue.def"
#undef LKV_MEASURE
    };
    return index < G_N_ELEMENTS(all) ? all[index] : NULL;
}

const lkv_measure *lkv_measure_find(const char *id)
{
    const lkv_measure *measure = NULL;
    for (size_t i = 0; (measure = lkv_measure_at(i)); i++) {
        if (strcmp(measure->id, id) == 0) {
            return measure;
        }
    }
    return NULL;
}

void lkv_needs_add(lkv_needs *needs, lkv_tally_spec spec)
{
    g_assert(needs->count < LKV_NEEDS_MOST);
    needs->spec[needs->count++] = spec;
}
