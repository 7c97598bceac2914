#include "audit/reach.h"

#include <math.h>

#include "base/random.h"

/* Turns of pushing many, the first PATIENT of which are taken whatever they
 * bring; later, two turns that settle less than one in WORTH of what is left
 * are the last.
 */
enum { TURNS = 40, PATIENT = 4, WORTH = 20 };

/* Counts are rounded inwards, but for what a solver may be off. */
static const double SLACK = 1e-5;

struct lkv_reach {
    const lkv_unknowns *system;
    double *point; /* the table found last: of each column */
    GPtrArray *part, *whole; /* GArray of uint32_t: columns of each */
    lkv_program **program; /* of each whole: kept for the next question */
    GArray *pushed; /* lkv_sought, lent: those pushed last, or NULL */
};

/* ---- targets ------------------------------------------------------------- */

lkv_sought lkv_sought_count(lkv_form number, double width)
{
    return (lkv_sought){
        .number = number, .width = width, .low = INFINITY, .high = -INFINITY};
}

lkv_sought lkv_sought_ratio(lkv_form number, lkv_form base, double least,
                            double most, double width)
{
    return (lkv_sought){.number = number,
                        .base = base,
                        .ratio = true,
                        .least = least,
                        .most = most,
                        .width = width,
                        .low = INFINITY,
                        .high = -INFINITY};
}

void lkv_sought_clear(gpointer pointer)
{
    lkv_sought *target = pointer;
    g_clear_pointer(&target->number.column, g_array_unref);
    g_clear_pointer(&target->base.column, g_array_unref);
}

bool lkv_sought_apart(const lkv_sought *target)
{
    if (target->high < target->low) {
        return false;
    }
    return target->ratio
               ? target->high - target->low >= target->width
               : floor(target->high + SLACK) - ceil(target->low - SLACK) >=
                     target->width;
}

static double value_of(const lkv_form *form, const double *point)
{
    double value = form->constant;
    for (guint i = 0; i < form->column->len; i++) {
        value += point[g_array_index(form->column, uint32_t, i)];
    }
    return value;
}

static void see(const double *point, lkv_sought *target)
{
    double value = value_of(&target->number, point);
    if (target->ratio) {
        double base = value_of(&target->base, point);
        if (base < 1) {
            return;
        }
        value /= base;
    }
    target->low = fmin(target->low, value);
    target->high = fmax(target->high, value);
}

/* Calls WORK for each column of TARGET. */
static void each_column(const lkv_sought *target,
                        void (*work)(void *context, uint32_t column),
                        void *context)
{
    const GArray *forms[] = {target->number.column, target->base.column};
    for (size_t f = 0; f < G_N_ELEMENTS(forms); f++) {
        for (guint i = 0; forms[f] && i < forms[f]->len; i++) {
            work(context, g_array_index(forms[f], uint32_t, i));
        }
    }
}

/* ---- parts and wholes ---------------------------------------------------- */

static void free_list(gpointer list)
{
    g_array_unref(list);
}

static GPtrArray *lists_new(size_t count)
{
    GPtrArray *lists = g_ptr_array_new_with_free_func(free_list);
    for (size_t i = 0; i < count; i++) {
        g_ptr_array_add(lists, g_array_new(FALSE, FALSE, sizeof(uint32_t)));
    }
    return lists;
}

static void add_to(GPtrArray *lists, uint32_t list, uint32_t number)
{
    GArray *at = g_ptr_array_index(lists, list);
    if (at->len == 0 || g_array_index(at, uint32_t, at->len - 1) != number) {
        g_array_append_val(at, number);
    }
}

lkv_reach *lkv_reach_new(const lkv_unknowns *system)
{
    lkv_reach *reach = g_new0(lkv_reach, 1);
    reach->system = system;
    reach->point = g_new0(double, system->columns->len + 1);
    reach->part = lists_new(system->parts);
    reach->whole = lists_new(system->wholes);
    reach->program = g_new0(lkv_program *, system->wholes + 1);
    for (uint32_t i = 0; i < system->columns->len; i++) {
        const lkv_column *column =
            &g_array_index(system->columns, lkv_column, i);
        add_to(reach->part, column->part, i);
        add_to(reach->whole, column->whole, i);
    }
    return reach;
}

void lkv_reach_free(lkv_reach *reach)
{
    if (reach) {
        for (size_t i = 0; i < reach->system->wholes; i++) {
            lkv_program_free(reach->program[i]);
        }
        g_ptr_array_unref(reach->part);
        g_ptr_array_unref(reach->whole);
        g_free(reach->program);
        g_free(reach->point);
        g_free(reach);
    }
}

lkv_solved lkv_reach_start(lkv_reach *reach)
{
    for (guint i = 0; i < reach->whole->len; i++) {
        reach->program[i] =
            lkv_program_new(reach->system, g_ptr_array_index(reach->whole, i));
        lkv_solved solved = lkv_program_solve(reach->program[i]);
        if (solved != LKV_SOLVED) {
            return solved;
        }
        lkv_program_take(reach->program[i], reach->point);
    }
    return LKV_SOLVED;
}

/* ---- pushing many -------------------------------------------------------- */

/* TIMES what the target is over RATIO of its base. */
static void push_over(const lkv_sought *target, lkv_program *program,
                      double times, double ratio)
{
    lkv_program_add(program, &target->number, times);
    if (target->ratio) {
        lkv_program_add(program, &target->base, -times * ratio);
    }
}

/* Pushes the target down (TIMES over 0) or up. A ratio is pushed to near its
 * end, so that its base grows.
 */
static void push(const lkv_sought *target, lkv_program *program, double times)
{
    const double near = 0.01;
    double share = times > 0 ? near : 1 - near;
    push_over(target, program, times,
              target->least + share * (target->most - target->least));
}

/* Targets with columns in one whole. */
typedef struct crowd_of_targets {
    GArray *targets; /* lkv_sought */
    const GArray *list; /* uint32_t: those of them */
} crowd_of_targets;

static lkv_sought *listed(const crowd_of_targets *all, guint at)
{
    return &g_array_index(all->targets, lkv_sought,
                          g_array_index(all->list, uint32_t, at));
}

static size_t count_left(const crowd_of_targets *all)
{
    size_t left = 0;
    for (guint i = 0; i < all->list->len; i++) {
        left += !lkv_sought_apart(listed(all, i));
    }
    return left;
}

/* Pushes what is not apart yet by as much as chance will have it, up or down;
 * with BACK the other way.
 */
static bool push_by_chance(lkv_reach *reach, const crowd_of_targets *all,
                           lkv_program *program, lkv_stream chance, bool back)
{
    lkv_program_clear(program);
    for (guint i = 0; i < all->list->len; i++) {
        const lkv_sought *target = listed(all, i);
        double times = lkv_stream_uniform(&chance) * 2 - 1;
        if (!lkv_sought_apart(target)) {
            push(target, program, back ? -times : times);
        }
    }
    if (lkv_program_solve(program) != LKV_SOLVED) {
        return false;
    }
    lkv_program_take(program, reach->point);
    for (guint i = 0; i < all->list->len; i++) {
        see(reach->point, listed(all, i));
    }
    return true;
}

static void push_whole(lkv_reach *reach, uint32_t number,
                       const crowd_of_targets *all)
{
    size_t left = count_left(all);
    size_t before = left;
    for (uint32_t turn = 0; turn < TURNS && left > 0; turn += 2) {
        lkv_stream_key key = {.unit = number, .replicate = turn};
        lkv_program *program = reach->program[number];
        for (int back = 0; back < 2; back++) {
            if (!push_by_chance(reach, all, program, lkv_stream_open(key),
                                back == 1)) {
                return;
            }
        }
        left = count_left(all);
        if (turn >= PATIENT && (before - left) * WORTH < left) {
            break;
        }
        before = left;
    }
}

typedef struct listing {
    const lkv_reach *reach;
    GPtrArray *lists; /* by whole */
    uint32_t number; /* of the target */
} listing;

static void list_target(void *context, uint32_t column)
{
    listing *now = context;
    const GArray *columns = now->reach->system->columns;
    add_to(now->lists, g_array_index(columns, lkv_column, column).whole,
           now->number);
}

void lkv_reach_push(lkv_reach *reach, GArray *targets)
{
    reach->pushed = targets;
    g_autoptr(GPtrArray) lists = lists_new(reach->system->wholes);
    for (uint32_t i = 0; i < targets->len; i++) {
        lkv_sought *target = &g_array_index(targets, lkv_sought, i);
        listing now = {reach, lists, i};
        each_column(target, list_target, &now);
        see(reach->point, target);
    }
    for (uint32_t i = 0; i < reach->system->wholes; i++) {
        crowd_of_targets all = {targets, g_ptr_array_index(lists, i)};
        push_whole(reach, i, &all);
    }
}

/* ---- asking for one ------------------------------------------------------ */

/* A question: TARGET from both sides. */
typedef struct question {
    lkv_reach *reach;
    lkv_sought *target;
    lkv_settled settled;
    void *context;
    double low, high; /* the answer */
    lkv_recipe *recipe;
} question;

/* The least (SIGN 1) or the most (-1) of the target in PROGRAM, whose solution
 * goes to POINT. A ratio is found by Dinkelbach's steps (1967): the best of
 * number - ratio * base, until the ratio moves no more.
 */
static lkv_solved seek(const lkv_sought *target, lkv_program *program,
                       double sign, double *point, double *value)
{
    enum { STEPS = 30 };
    double ratio = sign > 0 ? target->most : target->least;
    for (int step = 0; step < STEPS; step++) {
        lkv_program_clear(program);
        push_over(target, program, sign, ratio);
        lkv_solved solved = lkv_program_solve(program);
        if (solved != LKV_SOLVED) {
            return solved;
        }
        lkv_program_take(program, point);
        *value = value_of(&target->number, point);
        if (!target->ratio) {
            return LKV_SOLVED;
        }
        *value /= value_of(&target->base, point);
        if (fabs(*value - ratio) < 1e-9 * fmax(1, fabs(*value))) {
            return LKV_SOLVED;
        }
        ratio = *value;
    }
    return LKV_GIVEN_UP;
}

/* Solves for both ends once more: what holds them there is the recipe. */
static void explain(const question *asked, lkv_program *program, double *point)
{
    for (int sign = 1; sign >= -1; sign -= 2) {
        double value;
        if (seek(asked->target, program, sign, point, &value) == LKV_SOLVED) {
            lkv_program_explain(program, asked->recipe);
        }
    }
}

/* A program over COLUMNS; at least one pupil is in the base of a ratio. */
static lkv_program *program_for(const question *asked, const GArray *columns)
{
    lkv_program *program = lkv_program_new(asked->reach->system, columns);
    if (asked->target->ratio) {
        lkv_program_at_least(program, &asked->target->base, 1);
    }
    return program;
}

/* With the columns of PART alone, where that is less work: no narrower than can
 * be, as others may be anywhere. Whether that is answer enough.
 */
static bool ask_part(question *asked, uint32_t part)
{
    const GArray *columns = g_ptr_array_index(asked->reach->part, part);
    const lkv_column *first =
        &g_array_index(asked->reach->system->columns, lkv_column,
                       g_array_index(columns, uint32_t, 0));
    const GArray *whole = g_ptr_array_index(asked->reach->whole, first->whole);
    if (columns->len * 2 > whole->len) {
        return false;
    }
    g_autofree double *point =
        g_new0(double, asked->reach->system->columns->len + 1);
    g_autoptr(lkv_program) program = program_for(asked, columns);
    bool enough =
        seek(asked->target, program, 1, point, &asked->low) == LKV_SOLVED &&
        seek(asked->target, program, -1, point, &asked->high) == LKV_SOLVED &&
        asked->settled(asked->context, asked->low, asked->high);
    if (enough) {
        explain(asked, program, point);
    }
    return enough;
}

/* Where the target has columns: the only part or whole, or NONE, or SEVERAL. */
#define NONE UINT32_MAX
#define SEVERAL (UINT32_MAX - 1)
typedef struct places {
    const lkv_reach *reach;
    uint32_t part, whole;
    bool *has; /* of each whole */
} places;

static void find_place(void *context, uint32_t column)
{
    places *now = context;
    const lkv_column *it =
        &g_array_index(now->reach->system->columns, lkv_column, column);
    now->part = now->part == NONE || now->part == it->part ? it->part : SEVERAL;
    now->whole =
        now->whole == NONE || now->whole == it->whole ? it->whole : SEVERAL;
    now->has[it->whole] = true;
}

/* A table has been found on the way: others are seen in it as well. */
static void look_about(question *asked)
{
    lkv_reach *reach = asked->reach;
    see(reach->point, asked->target);
    for (guint i = 0; reach->pushed && i < reach->pushed->len; i++) {
        lkv_sought *other = &g_array_index(reach->pushed, lkv_sought, i);
        if (!lkv_sought_apart(other)) {
            see(reach->point, other);
        }
    }
}

/* PROGRAM is over wholes, so its solutions are tables. */
static lkv_asked ask_program(question *asked, lkv_program *program)
{
    lkv_sought *target = asked->target;
    double *ends[] = {&asked->low, &asked->high};
    for (int i = 0; i < 2; i++) {
        lkv_solved solved = seek(target, program, i == 0 ? 1 : -1,
                                 asked->reach->point, ends[i]);
        if (solved != LKV_SOLVED) {
            return solved == LKV_IMPOSSIBLE && target->ratio
                       ? LKV_ASKED_NOBODY
                       : LKV_ASKED_GIVEN_UP;
        }
        look_about(asked);
        if (lkv_sought_apart(target)) {
            return LKV_ASKED_APART;
        }
    }
    explain(asked, program, asked->reach->point);
    return LKV_ASKED_NARROW;
}

/* Pushes a ratio both ways, without asking that anybody is in its base. */
static bool push_ratio(question *asked, lkv_program *program)
{
    for (int sign = 1; sign >= -1; sign -= 2) {
        lkv_program_clear(program);
        push(asked->target, program, sign);
        if (lkv_program_solve(program) != LKV_SOLVED) {
            return false;
        }
        lkv_program_take(program, asked->reach->point);
        look_about(asked);
    }
    return lkv_sought_apart(asked->target);
}

/* With all columns that anything binds to the target. */
static lkv_asked ask_whole(question *asked, const places *where)
{
    const lkv_reach *reach = asked->reach;
    bool one = where->whole != SEVERAL;
    if (one && !asked->target->ratio) {
        return ask_program(asked, reach->program[where->whole]);
    }
    if (one && push_ratio(asked, reach->program[where->whole])) {
        return LKV_ASKED_APART;
    }
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (guint i = 0; i < reach->whole->len; i++) {
        const GArray *own = g_ptr_array_index(reach->whole, i);
        if (where->has[i]) {
            g_array_append_vals(columns, own->data, own->len);
        }
    }
    g_autoptr(lkv_program) program = program_for(asked, columns);
    return ask_program(asked, program);
}

lkv_asked lkv_reach_ask(lkv_reach *reach, lkv_sought *target,
                        lkv_settled settled, void *context, double *low,
                        double *high, lkv_recipe *recipe)
{
    question asked = {reach, target, settled, context, 0, 0, recipe};
    g_autofree bool *has = g_new0(bool, reach->system->wholes + 1);
    places where = {reach, NONE, NONE, has};
    each_column(target, find_place, &where);
    lkv_asked answer = LKV_ASKED_NARROW;
    if (where.part == NONE) {
        asked.low = asked.high = target->low;
        answer =
            target->low > target->high ? LKV_ASKED_NOBODY : LKV_ASKED_NARROW;
    } else if (where.part == SEVERAL || !ask_part(&asked, where.part)) {
        answer = ask_whole(&asked, &where);
    }
    *low = asked.low;
    *high = asked.high;
    return answer;
}
