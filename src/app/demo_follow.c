/* The same pupils from one stage to the next. */
#include "app/demo.h"

enum { STAGE_YEARS = 3 };

struct lkv_demo_formers {
    const lkv_demo *demo;
    GArray **stay; /* by school: numbers of those who stay there */
    GArray *move; /* numbers of the others */
    guint *stayed; /* how many of each have come */
    guint moved;
};

/* Those who find room in the school where they were stay in it. */
static void sort_out(lkv_demo_formers *formers, int year, int stage,
                     const int *dealt)
{
    const GArray *pupils = formers->demo->pupils;
    for (guint i = 0; i < pupils->len; i++) {
        const lkv_demo_pupil *at = &g_array_index(pupils, lkv_demo_pupil, i);
        if (at->year != year - STAGE_YEARS ||
            at->stage_year != stage - STAGE_YEARS) {
            continue;
        }
        GArray *own = formers->stay[at->school];
        bool room = own->len < (guint)dealt[at->school];
        g_array_append_val(room ? own : formers->move, i);
    }
}

lkv_demo_formers *lkv_demo_formers_new(const lkv_demo *demo, int year,
                                       int stage, const int *dealt)
{
    bool ends = stage == 2 * STAGE_YEARS || stage == 3 * STAGE_YEARS;
    int first_year = demo->plan.last_year - demo->plan.years + 1;
    if (!ends || year - STAGE_YEARS < first_year) {
        return NULL;
    }
    guint schools = demo->schools->len;
    lkv_demo_formers *formers = g_new0(lkv_demo_formers, 1);
    formers->demo = demo;
    formers->stay = g_new0(GArray *, schools);
    formers->stayed = g_new0(guint, schools);
    formers->move = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < schools; i++) {
        formers->stay[i] = g_array_new(FALSE, FALSE, sizeof(guint));
    }
    sort_out(formers, year, stage, dealt);
    return formers;
}

void lkv_demo_formers_free(lkv_demo_formers *formers)
{
    if (!formers) {
        return;
    }
    for (guint i = 0; i < formers->demo->schools->len; i++) {
        g_array_unref(formers->stay[i]);
    }
    g_free(formers->stay);
    g_free(formers->stayed);
    g_array_unref(formers->move);
    g_free(formers);
}

const lkv_demo_pupil *lkv_demo_formers_next(lkv_demo_formers *formers,
                                            int school)
{
    const GArray *own = formers->stay[school];
    guint number = 0;
    if (formers->stayed[school] < own->len) {
        number = g_array_index(own, guint, formers->stayed[school]++);
    } else if (formers->moved < formers->move->len) {
        number = g_array_index(formers->move, guint, formers->moved++);
    } else {
        return NULL;
    }
    return &g_array_index(formers->demo->pupils, lkv_demo_pupil, number);
}

/* Whoever was new in the country is so no longer. What is a pupil's own changes,
 * but varies as much as before: 0.8 and 0.6 square to 1.
 */
void lkv_demo_grow(const lkv_demo_pupil *former, lkv_demo_pupil *pupil,
                   lkv_stream *stream)
{
    pupil->id = former->id;
    pupil->sex = former->sex;
    pupil->education = former->education;
    pupil->background = former->background;
    pupil->second_language = former->second_language;
    pupil->newcomer = 'N';
    pupil->index = former->index;
    pupil->own = 0.8 * former->own + 0.6 * lkv_demo_normal(stream);
}
