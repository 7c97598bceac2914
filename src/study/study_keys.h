/* The keys of a study, one table for reading, help, overrides and writing. */
#ifndef LKV_STUDY_STUDY_KEYS_H
#define LKV_STUDY_STUDY_KEYS_H

#include "study/schema.h"

lkv_schema lkv_study_schema(void);

#endif
