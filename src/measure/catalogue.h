/* The records of all measures, one line each in catalogue.def. */
#ifndef LKV_MEASURE_CATALOGUE_H
#define LKV_MEASURE_CATALOGUE_H

#include "measure/measure.h"

#define LKV_MEASURE(name) extern const lkv_measure lkv_measure_##name;
#include "measure/catalogue.def"
#undef LKV_MEASURE

#endif
