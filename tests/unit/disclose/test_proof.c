/* The proof: each thing said once a place, no axis cut finer than some row
 * speaks of it, and zeros that every reader knows.
 */
#include "check.h"

#include "disclose/decision.h"
#include "disclose/private.h"
#include "district.h"

static lkv_disclosure *proof_of(district **it, char **cells, char **dims)
{
    *it = district_new((district_plan){.seed = 7,
                                       .schools = 6,
                                       .least = 12,
                                       .most = 40,
                                       .groups = 1,
                                       .subjects = 1,
                                       .merit = true});
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    lkv_disclosure *disclosure = district_disclose(*it, diag);
    assert_non_null(disclosure);
    lkv_sink all = {.text = g_string_new(NULL)};
    lkv_private_cells(disclosure, NULL, 0, &all);
    *cells = g_string_free(all.text, FALSE);
    *dims = lkv_private_dims(disclosure);
    return disclosure;
}

static void each_thing_is_said_once(void **state)
{
    (void)state;
    district *it;
    g_autofree char *cells = NULL;
    g_autofree char *dims = NULL;
    g_autoptr(lkv_disclosure) disclosure = proof_of(&it, &cells, &dims);
    g_auto(GStrv) rows = g_strsplit(cells, "\n", -1);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    size_t hidden = 0;
    for (size_t i = 1; rows[i] && *rows[i]; i++) {
        assert_true(g_hash_table_add(seen, rows[i]));
        bool suppressed = g_str_has_suffix(rows[i], ",suppressed");
        hidden += suppressed;
        if (suppressed) {
            assert_non_null(strstr(rows[i], ",,0,suppressed"));
        }
    }
    assert_true(hidden > 0);
    district_free(it);
}

/* Nobody is missing on sex, and every reader takes it so. */
static void what_is_granted_is_told(void **state)
{
    (void)state;
    district *it;
    g_autofree char *cells = NULL;
    g_autofree char *dims = NULL;
    g_autoptr(lkv_disclosure) disclosure = proof_of(&it, &cells, &dims);
    assert_non_null(strstr(cells, "public/granted,nobody-missing,final-2025,"
                                  "count,,sex=missing,,0,0,published\n"));
    assert_non_null(strstr(cells, ",school=missing,,0,0,published\n"));
    assert_null(strstr(cells, "nobody-missing,final-2025,count,,eligible"));
    district_free(it);
}

/* A, B and C are told apart only by rows about open levels. */
static void axes_are_cut_no_finer_than_rows_speak(void **state)
{
    (void)state;
    district *it;
    g_autofree char *cells = NULL;
    g_autofree char *dims = NULL;
    g_autoptr(lkv_disclosure) disclosure = proof_of(&it, &cells, &dims);
    assert_non_null(strstr(dims, "dim,value,members\n"));
    assert_null(strstr(dims, "BL,B,"));
    assert_null(strstr(dims, "BL,C,"));
    assert_non_null(strstr(dims, "BL,F,\n"));
    assert_non_null(strstr(dims, "BL,-,\n"));
    assert_non_null(strstr(dims, "BL,missing,\n"));
    assert_non_null(strstr(dims, "BL,graded,"));
    assert_non_null(strstr(dims, "sex,f,\nsex,m,\n"));
    /* Every name that rows use is there. */
    assert_non_null(strstr(cells, "BL=graded"));
    assert_null(strstr(cells, "BL=B"));
    district_free(it);
}

/* Fields 13 and 14 of a row: the fewest and the most of a share of pupils. Which
 * passing grade they have is no secret.
 */
static bool is_wide(const char *row)
{
    g_auto(GStrv) field = g_strsplit(row, ",", -1);
    assert_int_equal(g_strv_length(field), 15);
    bool share = strcmp(field[6], "share") == 0 && *field[13] && *field[14];
    if (share && strcmp(field[11], "hidden") == 0) {
        assert_true(atoi(field[14]) - atoi(field[13]) >= 4);
        return true;
    }
    return false;
}

/* Where a reader can place what is hidden: the truth is there, and others. */
static void what_is_hidden_may_be_many_numbers(void **state)
{
    (void)state;
    district *it;
    g_autofree char *cells = NULL;
    g_autofree char *dims = NULL;
    g_autoptr(lkv_disclosure) disclosure = proof_of(&it, &cells, &dims);
    const lkv_facts *facts = disclosure->facts;
    for (guint i = 0; i < facts->facts->len; i++) {
        const lkv_fact *fact = lkv_facts_at(facts, i);
        int64_t truth = lkv_facts_count(
            facts, fact->stat == LKV_SHARE ? fact->part : fact->base);
        lkv_possible possible = disclosure->possible[i];
        if (truth >= 0 && fact->printed) {
            assert_in_range(truth, possible.least, possible.most);
        }
    }
    lkv_sink all = {.text = g_string_new(NULL)};
    lkv_private_disclosure(disclosure, &all);
    g_auto(GStrv) rows = g_strsplit(all.text->str, "\n", -1);
    size_t wide = 0;
    for (size_t i = 1; rows[i] && *rows[i]; i++) {
        wide += is_wide(rows[i]);
    }
    assert_true(wide > 0);
    g_string_free(all.text, TRUE);
    district_free(it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_thing_is_said_once),
        cmocka_unit_test(what_is_granted_is_told),
        cmocka_unit_test(axes_are_cut_no_finer_than_rows_speak),
        cmocka_unit_test(what_is_hidden_may_be_many_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
