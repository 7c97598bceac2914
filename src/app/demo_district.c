/* Schools and pupils of the invented district. */
#include <string.h>

#include "app/demo.h"
#include "app/demo_model.h"

/* Purposes of random streams. */
enum { STREAM_NAMES = 1, STREAM_SCHOOLS, STREAM_PUPILS, STREAM_YEARS };

static const char *const stems[] = {
    "Bäverdams",  "Dimgårds",   "Ekorrbo",   "Fyrljus",     "Glimmerviks",
    "Harklövers", "Isranunkel", "Järpbacks", "Kardborre",   "Lingonrads",
    "Mistel",     "Nattskärre", "Ollonviks", "Pilgrims",    "Rödspovs",
    "Sälgkatts",  "Tranbärs",   "Uvklints",  "Vattumyntas", "Ärtrocks",
    "Åkervinds",  "Ölbäcks",    "Bergfalks", "Dagsländas",  "Enbusk",
    "Fjällvråks", "Gullrans",   "Hjortrons", "Igelkotts",   "Kaprifols",
    "Lärkfalks",  "Morkulls",   "Näckrose",  "Orrspels",    "Pärluggle",
    "Regnpipar",  "Skogsfru",   "Tofsvipe",  "Veronika",    "Ängsull"};
static const char *const ends[] = {"skolan", "hagens skola", "lundens skola",
                                   "dalens skola"};

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* A curve from 0 to 1 without an exponential. */
static double squash(double x)
{
    double size = x < 0.0 ? -x : x;
    return 0.5 + 0.5 * x / (1.0 + size);
}

static char *school_name(uint64_t seed, int number)
{
    size_t count = G_N_ELEMENTS(stems) * G_N_ELEMENTS(ends);
    lkv_stream stream = lkv_stream_open(
        (lkv_stream_key){.seed = seed, .measure = STREAM_NAMES});
    uint64_t start = lkv_stream_below(&stream, count);
    /* 7 shares no factor with the 160 names, so none comes twice before all
     * have come.
     */
    size_t at = (size_t)((start + (uint64_t)number * 7u) % count);
    size_t round = (size_t)number / count;
    const char *stem = stems[at % G_N_ELEMENTS(stems)];
    const char *end = ends[at / G_N_ELEMENTS(stems)];
    return round == 0 ? g_strconcat(stem, end, NULL)
                      : g_strdup_printf("%s%s %zu", stem, end, round + 1);
}

static void set_stages(lkv_demo_school *school, double chance)
{
    school->first_stage_year = 0;
    school->last_stage_year = 9;
    if (chance < 0.48) {
        school->last_stage_year = 6;
    } else if (chance < 0.60) {
        school->first_stage_year = 7;
    }
}

static void make_school(lkv_demo *demo, int number)
{
    lkv_stream stream =
        lkv_stream_open((lkv_stream_key){.seed = demo->plan.seed,
                                         .measure = STREAM_SCHOOLS,
                                         .unit = (uint32_t)number});
    lkv_demo_school school = {
        .name = school_name(demo->plan.seed, number),
        .area = number % 5,
        .intake = 0.9 * lkv_demo_normal(&stream) + 0.35 * (number % 5 - 2),
        .effect = lkv_demo_truth_model.school_sd * lkv_demo_normal(&stream),
        .size = clamp(1.0 + 0.38 * lkv_demo_normal(&stream), 0.25, 2.2),
    };
    g_snprintf(school.code, sizeof school.code, "90%06d",
               100000 + number * 137);
    /* Golden section: the forms are spread evenly over any number. An only
     * school has all years.
     */
    double turn = number * 0.6180339887498949;
    set_stages(&school,
               demo->plan.schools == 1 ? 1.0 : turn - (double)(int)turn);
    school.block_grades = lkv_stream_uniform(&stream) < 0.12;
    bool special = demo->plan.schools >= 20 && number % 25 == 24;
    if (special) {
        school.kind = LKV_DEMO_SPECIAL;
        school.first_stage_year = 4;
        school.last_stage_year = 9;
        school.size = 0.12;
        school.effect -= 0.6;
    }
    /* One or two schools lie far below the others. */
    if (!special && number % 38 == 17) {
        school.effect -= 0.3;
        school.intake -= 0.8;
    }
    g_array_append_val(demo->schools, school);
}

/* Pupils of a year of schooling, dealt out to the schools that have it. */
static int *deal(const lkv_demo *demo, int stage_year, int pupils)
{
    int *dealt = g_new0(int, demo->schools->len);
    double weight = 0.0, done = 0.0;
    int given = 0;
    for (guint i = 0; i < demo->schools->len; i++) {
        const lkv_demo_school *school =
            &g_array_index(demo->schools, lkv_demo_school, i);
        bool has = stage_year >= school->first_stage_year &&
                   stage_year <= school->last_stage_year;
        weight += has ? school->size : 0.0;
    }
    for (guint i = 0; weight > 0.0 && i < demo->schools->len; i++) {
        const lkv_demo_school *school =
            &g_array_index(demo->schools, lkv_demo_school, i);
        if (stage_year < school->first_stage_year ||
            stage_year > school->last_stage_year) {
            continue;
        }
        done += school->size;
        int until = (int)(pupils * (done / weight) + 0.5);
        dealt[i] = until - given;
        given = until;
    }
    return dealt;
}

static void draw_home(const lkv_demo_school *school, lkv_demo_pupil *pupil,
                      lkv_stream *stream)
{
    double favour = school->intake;
    double chance = lkv_stream_uniform(stream);
    double high = squash(0.52 + 1.6 * favour);
    double low = (1.0 - high) * clamp(0.24 - 0.08 * favour, 0.08, 0.5);
    pupil->education = chance < high ? '3' : chance < high + low ? '1' : '2';
    double abroad_home = squash(0.02 - 2.1 * favour);
    bool foreign = lkv_stream_uniform(stream) < abroad_home;
    bool born_abroad = lkv_stream_uniform(stream) < 0.42;
    bool newcomer = lkv_stream_uniform(stream) < 0.26;
    bool second = lkv_stream_uniform(stream) < (born_abroad ? 0.62 : 0.30);
    pupil->background = !foreign ? 'S' : born_abroad ? 'U' : 'I';
    pupil->newcomer = foreign && born_abroad && newcomer ? 'J' : 'N';
    pupil->second_language = pupil->newcomer == 'J' || (foreign && second);
    /* Of one in forty nothing is known of the home. */
    if (lkv_stream_uniform(stream) < (pupil->newcomer == 'J' ? 0.2 : 0.02)) {
        pupil->education = '\0';
    }
}

static double ability_of(const lkv_demo *demo, const lkv_demo_school *school,
                         const lkv_demo_pupil *pupil)
{
    const lkv_demo_model *model = &lkv_demo_truth_model;
    int since = pupil->year - demo->plan.last_year;
    int education = pupil->education ? pupil->education - '0' : 1;
    return school->effect + model->trend * since + model->education[education] +
           (pupil->sex == 'F' ? model->girl : 0.0) +
           (pupil->background == 'U' ? model->abroad : 0.0) +
           (pupil->newcomer == 'J' ? model->newcomer : 0.0);
}

/* What the authorities reckon with, and much that is known to nobody here. */
static int index_of(const lkv_demo_school *school, const lkv_demo_pupil *pupil,
                    lkv_stream *stream)
{
    double index = 100.0 - 6.0 * school->intake - 9.0 * pupil->own +
                   (pupil->education == '1'   ? 14.0
                    : pupil->education == '3' ? -10.0
                                              : 2.0) +
                   (pupil->background == 'S' ? -4.0 : 6.0) +
                   (pupil->newcomer == 'J' ? 14.0 : 0.0);
    return (int)(clamp(index + 9.0 * lkv_demo_normal(stream), 30.0, 220.0) +
                 0.5);
}

/* One in twelve moves in from elsewhere. */
static const lkv_demo_pupil *former_of(lkv_demo_formers *formers, int school,
                                       lkv_stream *stream)
{
    const lkv_demo_pupil *former =
        formers ? lkv_demo_formers_next(formers, school) : NULL;
    return former && lkv_stream_uniform(stream) < 11.0 / 12.0 ? former : NULL;
}

static void be_born(const lkv_demo *demo, const lkv_demo_school *school,
                    lkv_demo_pupil *pupil, lkv_stream *stream)
{
    pupil->id = 100000u + demo->pupils->len;
    pupil->sex = lkv_stream_uniform(stream) < 0.487 ? 'F' : 'P';
    draw_home(school, pupil, stream);
    pupil->own = lkv_demo_normal(stream);
    if (demo->plan.index) {
        pupil->index = index_of(school, pupil, stream);
    }
}

static void make_pupils(lkv_demo *demo, int year, int school_number, int stage,
                        int count, lkv_demo_formers *formers)
{
    const lkv_demo_school *school =
        &g_array_index(demo->schools, lkv_demo_school, school_number);
    lkv_stream stream = lkv_stream_open(
        (lkv_stream_key){.seed = demo->plan.seed,
                         .measure = STREAM_PUPILS,
                         .unit = (uint32_t)school_number,
                         .replicate = (uint64_t)(year * 16 + stage)});
    lkv_stream shock =
        lkv_stream_open((lkv_stream_key){.seed = demo->plan.seed,
                                         .measure = STREAM_YEARS,
                                         .unit = (uint32_t)school_number,
                                         .replicate = (uint64_t)year});
    double of_year = lkv_demo_truth_model.year_sd * lkv_demo_normal(&shock);
    for (int i = 0; i < count; i++) {
        lkv_demo_pupil pupil = {
            .school = (uint16_t)school_number,
            .year = (uint16_t)year,
            .stage_year = (uint8_t)stage,
        };
        const lkv_demo_pupil *former =
            former_of(formers, school_number, &stream);
        if (former) {
            lkv_demo_grow(former, &pupil, &stream);
        } else {
            be_born(demo, school, &pupil, &stream);
        }
        pupil.ability = ability_of(demo, school, &pupil) + of_year +
                        lkv_demo_truth_model.pupil_sd * pupil.own;
        lkv_demo_grade(demo, &pupil, &stream);
        g_array_append_val(demo->pupils, pupil);
    }
}

static void make_year(lkv_demo *demo, int year)
{
    const lkv_demo_plan *plan = &demo->plan;
    g_autofree int **dealt = g_new0(int *, 10);
    lkv_demo_formers *formers[10] = {NULL};
    for (int stage = 0; stage <= 9; stage++) {
        int part = plan->pupils / 10 + (stage < plan->pupils % 10 ? 1 : 0);
        bool wanted =
            plan->all_graded || stage == 3 || stage == 6 || stage == 9;
        dealt[stage] = deal(demo, stage, wanted ? part : 0);
        formers[stage] = lkv_demo_formers_new(demo, year, stage, dealt[stage]);
    }
    for (int school = 0; school < plan->schools; school++) {
        for (int stage = 0; stage <= 9; stage++) {
            make_pupils(demo, year, school, stage, dealt[stage][school],
                        formers[stage]);
        }
    }
    for (int stage = 0; stage <= 9; stage++) {
        g_free(dealt[stage]);
        lkv_demo_formers_free(formers[stage]);
    }
}

static void free_school(gpointer school)
{
    g_free(((lkv_demo_school *)school)->name);
}

lkv_demo *lkv_demo_new(const lkv_demo_plan *plan)
{
    lkv_demo *demo = g_new0(lkv_demo, 1);
    demo->plan = *plan;
    demo->schools = g_array_new(FALSE, TRUE, sizeof(lkv_demo_school));
    g_array_set_clear_func(demo->schools, free_school);
    demo->pupils = g_array_new(FALSE, TRUE, sizeof(lkv_demo_pupil));
    for (int i = 0; i < plan->schools; i++) {
        make_school(demo, i);
    }
    for (int i = plan->years - 1; i >= 0; i--) {
        make_year(demo, plan->last_year - i);
    }
    return demo;
}

void lkv_demo_free(lkv_demo *demo)
{
    if (!demo) {
        return;
    }
    g_array_unref(demo->schools);
    g_array_unref(demo->pupils);
    g_free(demo);
}
