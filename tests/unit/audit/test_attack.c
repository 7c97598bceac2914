/* Attacks on tables so small that their ranges are known by hand, or by
 * counting every table there is.
 */
#include "check.h"

#include <string.h>

#include "base/random.h"
#include "small_proof.h"

#define SCHOOLS "school,S1,\nschool,S2,\nschool,S3,\n"
#define GOAL "goal,yes,\ngoal,no,\n"

/* The finding of KIND about WHAT, from LOW to HIGH; its texts are lent. */
static lkv_finding expect(const small_proof *proof, const char *kind,
                          const char *what, double low, double high)
{
    const lkv_finding *found = proof_found(proof, kind, what);
    if (!found) {
        print_error("no %s of %s\n", kind, what);
        fail();
        return (lkv_finding){0};
    }
    assert_close(found->low, low, 1e-3);
    assert_close(found->high, high, 1e-3);
    return *found;
}

/* 30 - 12 - 14 = 4. */
static void subtraction_is_found_with_its_recipe(void **state)
{
    (void)state;
    small_proof proof =
        proof_new(SCHOOLS GOAL, "r,d,t,p,count,,goal=no,,30,0,published\n"
                                "r,s,t,p,count,,school=S1;goal=no,,12,0,"
                                "published\n"
                                "r,s,t,p,count,,school=S2;goal=no,,14,0,"
                                "published\n"
                                "r,s,t,p,count,,school=S3;goal=no,,,0,"
                                "suppressed\n");
    assert_true(proof_audit(&proof));
    const char *recipe =
        expect(&proof, "exact", "[school=S3; goal=no]", 4, 4).recipe;
    assert_non_null(strstr(recipe, "count [goal=no] is 30 (d/t)\n"));
    assert_non_null(strstr(recipe, "count [school=S1; goal=no] is 12 (s/t)\n"));
    assert_non_null(strstr(recipe, "count [school=S2; goal=no] is 14 (s/t)\n"));
    assert_int_equal(lkv_audit_count(proof.findings, LKV_FOUND_LEAK), 1);
    proof_free(&proof);
}

/* Two schools without the goal of 9 in all, both of 40: 0 to 9 each. */
static void two_that_hide_each_other_are_safe(void **state)
{
    (void)state;
    small_proof proof =
        proof_new("school,S1,\nschool,S2,\n" GOAL,
                  "r,d,t,p,count,,goal=no,,9,0,published\n"
                  "r,d,t,p,count,,school=S1,,40,0,published\n"
                  "r,d,t,p,count,,school=S2,,40,0,published\n"
                  "r,s,t,p,count,,school=S1;goal=no,,,0,hidden\n"
                  "r,s,t,p,count,,school=S2;goal=no,,,0,hidden\n");
    assert_true(proof_audit(&proof));
    assert_int_equal(proof.findings->list->len, 0);
    assert_true(proof.findings->counts.by_tables > 0);
    assert_int_equal(proof.findings->counts.unsure, 0);
    proof_free(&proof);
}

/* Of 9, at most 7 at the other school, which has 7 pupils: 2 to 5 here, where
 * at least 35 of 40 have the goal.
 */
static void a_narrow_range_is_near(void **state)
{
    (void)state;
    small_proof proof =
        proof_new("school,S1,\nschool,S2,\n" GOAL,
                  "r,d,t,p,count,,goal=no,,9,0,published\n"
                  "r,d,t,p,count,,school=S1,,40,0,published\n"
                  "r,d,t,p,count,,school=S2,,7,0,published\n"
                  "r,s,t,p,count,,school=S1;goal=yes,,35,0,at_least\n"
                  "r,s,t,p,count,,school=S1;goal=no,,,0,suppressed\n");
    assert_true(proof_audit(&proof));
    expect(&proof, "near", "[school=S1; goal=no]", 2, 5);
    proof_free(&proof);
}

/* 87 % of 30 is between 25.95 and 26.25: 26, so 4 have not. */
static void a_rounded_share_and_its_base_give_a_count(void **state)
{
    (void)state;
    small_proof proof = proof_new(
        SCHOOLS GOAL, "r,s,t,p,count,,school=S1,,30,0,published\n"
                      "r,s,t,p,pct,,goal=yes,school=S1,87,0,published\n"
                      "r,s,t,p,count,,school=S1;goal=no,,,0,suppressed\n");
    assert_true(proof_audit(&proof));
    expect(&proof, "exact", "[school=S1; goal=no]", 4, 4);
    expect(&proof, "pct_rounding", "[goal=yes of school=S1]", 26, 26);
    proof_free(&proof);
}

/* "At least 92 %" of 50 is 46 to 50, but at most 2 have not: 48 to 50. */
static void a_printed_range_is_attacked_from_both_sides(void **state)
{
    (void)state;
    small_proof proof = proof_new(
        SCHOOLS GOAL, "r,s,t,p,count,,school=S1,,50,0,published\n"
                      "r,s,t,p,pct,,goal=yes,school=S1,92,0,at_least\n"
                      "r,s,t,p,count,,school=S1;goal=no,,2,0,at_most\n");
    assert_true(proof_audit(&proof));
    expect(&proof, "range_narrowed", "share [goal=yes of school=S1]", 48, 50);
    proof_free(&proof);
}

/* At least 97 of 100 passed MA, so at most 3 failed; who fails is not eligible,
 * which at most 2 are not.
 */
static void implications_are_reckoned_with(void **state)
{
    (void)state;
    const char *dims = "MA,F,\nMA,passed,\neligible,yes,\neligible,no,\n";
    const char *cells = "r,d,t,p,count,,MA=passed,,97,0,at_least\n"
                        "r,d,t,p,count,,eligible=no,,2,0,at_most\n"
                        "r,d,t,p,count,,,,100,0,published\n"
                        "r,d,t,p,count,,MA=F,,,0,suppressed\n";
    for (int with = 0; with < 2; with++) {
        small_proof proof = proof_new(dims, cells);
        proof_write(&proof, "implications.csv",
                    with ? "a,b\nMA=F,eligible=no\n" : "a,b\n");
        proof_write(&proof, "scales.csv", "outcome,least,most,step\n");
        assert_true(proof_audit(&proof));
        lkv_finding found = expect(&proof, "near", "[MA=F]", 0, 3 - with);
        bool told = strstr(found.recipe, "everyone with MA=F, so eligible=no");
        assert_int_equal(told, with);
        proof_free(&proof);
    }
}

/* 18 have 12.5 on average, 14 of them 14.29: the other 4 have 6.2 to 6.3. */
static void a_mean_is_had_from_the_difference(void **state)
{
    (void)state;
    small_proof proof = proof_new(
        "sex,f,\nsex,m,\n", "r,s,t,p,count,,,,18,0,published\n"
                            "r,s,t,p,count,,sex=m,,14,0,published\n"
                            "r,s,t,p,count,,sex=f,,,0,suppressed\n"
                            "r,s,t,p,mean,points,,,12.50,2,published\n"
                            "r,s,t,p,mean,points,sex=m,,14.29,2,published\n"
                            "r,s,t,p,mean,points,sex=f,,,2,suppressed\n");
    assert_true(proof_audit(&proof));
    /* (18 * 12.495 - 14 * 14.295) / 4 and the other ends. */
    expect(&proof, "recovered_mean", "[sex=f]", 6.195, 6.275);
    proof_free(&proof);
}

static void few_pupils_are_seen_without_reckoning(void **state)
{
    (void)state;
    small_proof proof =
        proof_new("class,A,\nclass,B,\n",
                  "r,s,t,p,count,,class=A,,2,0,published\n"
                  "r,s,t,p,mean,points,class=A,,18.75,2,published\n");
    assert_true(proof_audit(&proof));
    expect(&proof, "small_count", "[class=A]", 2, 2);
    expect(&proof, "small_base", "[class=A]", 2, 2);
    /* 17.5 and 20, and nothing else. */
    expect(&proof, "mean_inversion", "[class=A]", 1, 1);
    proof_free(&proof);
}

static void populations_that_nearly_coincide_differ_by_somebody(void **state)
{
    (void)state;
    small_proof proof =
        proof_new("sex,f,\nsex,m,\n", "r,d,t,a,count,,sex=f,,26,0,published\n"
                                      "r,d,t,b,count,,sex=f,,27,0,published\n"
                                      "r,d,t,a,count,,sex=m,,30,0,published\n"
                                      "r,d,t,b,count,,sex=m,,30,0,published\n");
    proof_write(&proof, "populations.csv",
                "pop_a,pop_b,only_a,only_b\na,b,0,1\n");
    assert_true(proof_audit(&proof));
    expect(&proof, "population_difference", "[sex=f]", 0, 1);
    assert_null(proof_found(&proof, "population_difference", "[sex=m]"));
    proof_free(&proof);
}

static void contradiction_is_no_finding_but_a_fault(void **state)
{
    (void)state;
    small_proof proof =
        proof_new("sex,f,\nsex,m,\n", "r,d,t,p,count,,,,50,0,published\n"
                                      "r,d,t,p,count,,sex=f,,26,0,published\n"
                                      "r,d,t,p,count,,sex=m,,30,0,published\n");
    assert_false(proof_audit(&proof));
    assert_true(lkv_diag_has(proof.diag, "E-PROOF-CLASH"));
    proof_free(&proof);
}

/* ---- against every table there is ---------------------------------------- */

enum { ROWS = 3, COLUMNS = 3, CELLS = ROWS * COLUMNS, MOST = 9 };

/* A table of schools by levels, of which some counts are hidden. */
typedef struct table {
    int number[CELLS];
    bool hidden[CELLS];
    int low[CELLS], high[CELLS];
} table;

static table draw_table(lkv_stream *chance)
{
    table it;
    for (int i = 0; i < CELLS; i++) {
        it.number[i] = (int)lkv_stream_below(chance, MOST);
        it.hidden[i] = lkv_stream_below(chance, 3) > 0;
        it.low[i] = it.hidden[i] ? INT_MAX : it.number[i];
        it.high[i] = it.hidden[i] ? INT_MIN : it.number[i];
    }
    return it;
}

static bool same_margins(const table *it, const int *other)
{
    for (int r = 0; r < ROWS; r++) {
        int left = 0;
        for (int c = 0; c < COLUMNS; c++) {
            left += it->number[r * COLUMNS + c] - other[r * COLUMNS + c];
        }
        if (left != 0) {
            return false;
        }
    }
    for (int c = 0; c < COLUMNS; c++) {
        int left = 0;
        for (int r = 0; r < ROWS; r++) {
            left += it->number[r * COLUMNS + c] - other[r * COLUMNS + c];
        }
        if (left != 0) {
            return false;
        }
    }
    return true;
}

/* Every table with the margins and the shown numbers of IT, from cell AT on. */
static void count_tables(table *it, int *other, int at)
{
    if (at == CELLS) {
        for (int i = 0; same_margins(it, other) && i < CELLS; i++) {
            it->low[i] = MIN(it->low[i], other[i]);
            it->high[i] = MAX(it->high[i], other[i]);
        }
        return;
    }
    int row = 0;
    int spent = 0;
    for (int c = 0; c < COLUMNS; c++) {
        row += it->number[at / COLUMNS * COLUMNS + c];
        spent += c < at % COLUMNS ? other[at / COLUMNS * COLUMNS + c] : 0;
    }
    if (!it->hidden[at]) {
        other[at] = it->number[at];
        count_tables(it, other, at + 1);
        return;
    }
    for (int value = 0; value <= row - spent; value++) {
        other[at] = value;
        count_tables(it, other, at + 1);
    }
}

static char *cells_of(const table *it)
{
    static const char *const levels[COLUMNS] = {"a", "b", "c"};
    GString *out = g_string_new(NULL);
    for (int r = 0; r < ROWS; r++) {
        int sum = 0;
        for (int c = 0; c < COLUMNS; c++) {
            int at = r * COLUMNS + c;
            sum += it->number[at];
            g_string_append_printf(out, "r,s,t,p,count,,school=S%d;level=%s,,",
                                   r + 1, levels[c]);
            if (it->hidden[at]) {
                g_string_append(out, ",0,suppressed\n");
            } else {
                g_string_append_printf(out, "%d,0,published\n", it->number[at]);
            }
        }
        g_string_append_printf(
            out, "r,s,t,p,count,,school=S%d,,%d,0,published\n", r + 1, sum);
    }
    for (int c = 0; c < COLUMNS; c++) {
        int sum = 0;
        for (int r = 0; r < ROWS; r++) {
            sum += it->number[r * COLUMNS + c];
        }
        g_string_append_printf(out, "r,d,t,p,count,,level=%s,,%d,0,published\n",
                               levels[c], sum);
    }
    return g_string_free(out, FALSE);
}

static void check_cell(const small_proof *proof, const table *it, int at)
{
    g_autofree char *what = g_strdup_printf(
        "count [school=S%d; level=%c]", at / COLUMNS + 1, 'a' + at % COLUMNS);
    int low = it->low[at];
    int high = it->high[at];
    bool told = it->hidden[at] && high - low < 4 && low < 5;
    const char *kind = high == 0     ? "zero_recovered"
                       : low == high ? "exact"
                                     : "near";
    const lkv_finding *found = proof_found(proof, kind, what);
    if (told != (found != NULL) ||
        (found && ((int)found->low != low || (int)found->high != high))) {
        print_error("%s is %d to %d of all tables, hidden %d, found %d\n", what,
                    low, high, it->hidden[at], found != NULL);
        fail();
    }
}

/* Ranges of tables with two margins have whole ends, so that linear programming
 * must find exactly what counting does.
 */
static void ranges_are_those_of_all_tables(void **state)
{
    (void)state;
    enum { TABLES = 60 };
    lkv_stream chance = lkv_stream_open((lkv_stream_key){.seed = 20250613});
    for (int turn = 0; turn < TABLES; turn++) {
        table it = draw_table(&chance);
        int other[CELLS];
        count_tables(&it, other, 0);
        g_autofree char *cells = cells_of(&it);
        small_proof proof =
            proof_new(SCHOOLS "level,a,\nlevel,b,\nlevel,c,\n", cells);
        assert_true(proof_audit(&proof));
        for (int i = 0; i < CELLS; i++) {
            check_cell(&proof, &it, i);
        }
        proof_free(&proof);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subtraction_is_found_with_its_recipe),
        cmocka_unit_test(two_that_hide_each_other_are_safe),
        cmocka_unit_test(a_narrow_range_is_near),
        cmocka_unit_test(a_rounded_share_and_its_base_give_a_count),
        cmocka_unit_test(a_printed_range_is_attacked_from_both_sides),
        cmocka_unit_test(implications_are_reckoned_with),
        cmocka_unit_test(a_mean_is_had_from_the_difference),
        cmocka_unit_test(few_pupils_are_seen_without_reckoning),
        cmocka_unit_test(populations_that_nearly_coincide_differ_by_somebody),
        cmocka_unit_test(contradiction_is_no_finding_but_a_fault),
        cmocka_unit_test(ranges_are_those_of_all_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
