/* What the invented district is made of; written into truth.json. */
#ifndef LKV_APP_DEMO_MODEL_H
#define LKV_APP_DEMO_MODEL_H

/* Effects on one scale, on which the thresholds of grades lie too. */
typedef struct lkv_demo_model {
    double pupil_sd; /* of ability within school, effects apart */
    double school_sd; /* of the schools' own effects */
    double year_sd; /* of a school from year to year */
    double trend; /* of the district, a year */
    double girl;
    double education[4]; /* by code 1 … 3; 0 unused */
    double abroad; /* born abroad */
    double newcomer;
    double noise; /* between the subjects of a pupil */
    double thresholds[5]; /* F | E | D | C | B | A */
} lkv_demo_model;

extern const lkv_demo_model lkv_demo_truth_model;

#endif
