/* Several runs of a district, which readers have side by side. */
#include "check.h"

#include <string.h>

#include "small_proof.h"

#define DIMS "school,S1,\nschool,S2,\ngoal,yes,\ngoal,no,\n"
/* 20 without the goal in all; S1 and S2 hide each other. */
#define HIDDEN                                                                 \
    "r,d,t,p,count,,goal=no,,20,0,published\n"                                 \
    "r,s,t,p,count,,school=S1;goal=no,,,0,suppressed\n"                        \
    "r,s,t,p,count,,school=S2;goal=no,,,0,suppressed\n"

/* Reads NOW, then BEFORE, and attacks them together. */
static bool audit_both(small_proof *now, const small_proof *before)
{
    const lkv_audit_rules rules = {5, 4, 5, 0.05, false};
    if (!lkv_evidence_read(now->evidence, now->folder, "now", now->diag) ||
        !lkv_evidence_read(now->evidence, before->folder, "before",
                           now->diag)) {
        return false;
    }
    lkv_evidence_close(now->evidence);
    now->findings =
        lkv_audit(now->evidence, &rules, (lkv_crew){.threads = 1}, now->diag);
    return now->findings != NULL;
}

static void what_was_told_before_is_known(void **state)
{
    (void)state;
    small_proof now = proof_new(DIMS, HIDDEN);
    small_proof before =
        proof_new(DIMS, "r,s,t,p,count,,school=S1;goal=no,,17,0,published\n");
    assert_true(audit_both(&now, &before));
    const lkv_finding *found =
        proof_found(&now, "exact", "[school=S2; goal=no]");
    assert_non_null(found);
    assert_non_null(strstr(found ? found->recipe : "", "is 17 (before: s/t)"));
    assert_close(found ? found->low : -1, 3, 1e-9);
    proof_free(&before);
    proof_free(&now);
}

static void what_was_hidden_then_too_stays_safe(void **state)
{
    (void)state;
    small_proof now = proof_new(DIMS, HIDDEN);
    small_proof before = proof_new(DIMS, HIDDEN);
    assert_true(audit_both(&now, &before));
    assert_int_equal(now.findings->list->len, 0);
    proof_free(&before);
    proof_free(&now);
}

/* Of S1 one pupil came late; that S2 lost 20 tells of nobody. */
static void numbers_that_moved_by_a_few_tell_of_these(void **state)
{
    (void)state;
    small_proof now =
        proof_new(DIMS, "r,d,t,p,count,,school=S1,,41,0,published\n"
                        "r,d,t,p,mean,points,school=S1,,12.4,1,published\n"
                        "r,d,t,p,count,,school=S2,,60,0,published\n"
                        "r,d,t,p,mean,points,school=S2,,12.0,1,published\n");
    small_proof before =
        proof_new(DIMS, "r,d,t,p,count,,school=S1,,40,0,published\n"
                        "r,d,t,p,mean,points,school=S1,,12.5,1,published\n"
                        "r,d,t,p,count,,school=S2,,80,0,published\n"
                        "r,d,t,p,mean,points,school=S2,,12.6,1,published\n");
    assert_true(audit_both(&now, &before));
    assert_non_null(proof_found(&now, "population_difference",
                                "count [school=S1], printed as 41"));
    assert_non_null(proof_found(&now, "population_difference",
                                "mean of points [school=S1]"));
    assert_int_equal(lkv_audit_count(now.findings, LKV_FOUND_LEAK), 2);
    proof_free(&before);
    proof_free(&now);
}

/* A school that was there before has none of the pupils now: 30 - 27 = 3. */
static void categories_of_another_run_are_empty(void **state)
{
    (void)state;
    small_proof now =
        proof_new(DIMS, "r,d,t,p,count,,goal=no,,30,0,published\n"
                        "r,s,t,p,count,,school=S1;goal=no,,27,0,published\n"
                        "r,s,t,p,count,,school=S2;goal=no,,,0,suppressed\n");
    small_proof before =
        proof_new(DIMS "school,S3,\n",
                  "r,d,t,earlier,count,,school=S3,,50,0,published\n");
    assert_true(audit_both(&now, &before));
    const lkv_finding *found =
        proof_found(&now, "exact", "[school=S2; goal=no]");
    assert_non_null(found);
    assert_close(found ? found->low : -1, 3, 1e-9);
    proof_free(&before);
    proof_free(&now);
}

/* No cell is printed by both, but 12 of 10 cannot lack the goal. */
static void runs_that_clash_are_attacked_apart(void **state)
{
    (void)state;
    small_proof now =
        proof_new(DIMS, "r,d,t,p,count,,school=S1,,10,0,published\n");
    small_proof before =
        proof_new(DIMS, "r,s,t,p,count,,school=S1;goal=no,,12,0,published\n");
    assert_true(audit_both(&now, &before));
    assert_non_null(proof_found(&now, "runs_differ", "pupils"));
    assert_int_equal(lkv_audit_count(now.findings, LKV_FOUND_UNSURE), 1);
    proof_free(&before);
    proof_free(&now);
}

static void a_name_must_mean_the_same_in_all_runs(void **state)
{
    (void)state;
    small_proof now = proof_new("goal,yes,\ngoal,no,\ngoal,-,\n"
                                "goal,known,yes|no\n",
                                "");
    small_proof before = proof_new("goal,yes,\ngoal,no,\ngoal,-,\n"
                                   "goal,known,yes|no|-\n",
                                   "");
    assert_false(audit_both(&now, &before));
    const lkv_message *message = lkv_diag_at(now.diag, 0);
    assert_string_equal(message->code, "E-PROOF-ROW");
    assert_string_equal(message->what, "goal=known has had other members");
    assert_int_equal(message->line, 5);
    proof_free(&before);
    proof_free(&now);
}

static void a_value_must_stand_in_the_lists_of_its_own_run(void **state)
{
    (void)state;
    small_proof now = proof_new(DIMS "school,S3,\n", "");
    small_proof before =
        proof_new(DIMS, "r,d,t,p,count,,school=S3,,9,0,published\n");
    assert_false(audit_both(&now, &before));
    assert_string_equal(lkv_diag_at(now.diag, 0)->what,
                        "school=S3 is not in dims.csv");
    proof_free(&before);
    proof_free(&now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_told_before_is_known),
        cmocka_unit_test(what_was_hidden_then_too_stays_safe),
        cmocka_unit_test(numbers_that_moved_by_a_few_tell_of_these),
        cmocka_unit_test(categories_of_another_run_are_empty),
        cmocka_unit_test(runs_that_clash_are_attacked_apart),
        cmocka_unit_test(a_name_must_mean_the_same_in_all_runs),
        cmocka_unit_test(a_value_must_stand_in_the_lists_of_its_own_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
