/* Proof files: what is read, and where a fault is told to be. */
#include "check.h"

#include <string.h>

#include "small_proof.h"

#define DIMS "school,S1,\nschool,S2,\ngoal,yes,\ngoal,no,\ngoal,known,yes|no\n"
#define CELL "r,d,t,p,count,,school=S1,,40,0,published\n"

static const lkv_evidence_cell *cell(const small_proof *proof, guint at)
{
    return &g_array_index(proof->evidence->cells, lkv_evidence_cell, at);
}

static void cells_are_what_a_reader_may_take_from_them(void **state)
{
    (void)state;
    small_proof proof = proof_new(
        DIMS, CELL "r,d,t,p,pct,,goal=yes,school=S1,79.5,1,published\n"
                   "r,d,t,p,pct,,goal=yes,school=S2,66,0,at_least\n"
                   "r,d,t,p,count,,school=S2;goal=no,,4,0,at_most\n"
                   "r,d,t,p,count,,school=S2,,,0,suppressed\n"
                   "r,d,t,p,mean,points,school=S1,,12.25,2,published\n"
                   "r,d,t,p,other,,,,0.3,1,published\n"
                   "r,d,t,p,count,,goal=known,,,0,na\n");
    assert_true(proof_read(&proof));
    assert_int_equal(proof.evidence->cells->len, 8);
    assert_int_equal(cell(&proof, 0)->low, 40);
    assert_int_equal(cell(&proof, 1)->low, 79450000);
    assert_int_equal(cell(&proof, 1)->high, 79550000);
    assert_int_equal(cell(&proof, 2)->low, 66000000);
    assert_int_equal(cell(&proof, 2)->high, 100000000);
    assert_true(cell(&proof, 2)->range);
    assert_int_equal(cell(&proof, 3)->low, 0);
    assert_int_equal(cell(&proof, 3)->high, 4);
    assert_int_equal(cell(&proof, 4)->is, LKV_CELL_HIDDEN);
    assert_int_equal(cell(&proof, 5)->low, 12245000);
    assert_int_equal(cell(&proof, 6)->says, LKV_SAYS_OTHER);
    assert_int_equal(cell(&proof, 7)->is, LKV_CELL_NONE);
    GString *name = g_string_new(NULL);
    lkv_evidence_name(proof.evidence, cell(&proof, 1), name);
    assert_string_equal(name->str, "share [goal=yes of school=S1]");
    g_string_free(name, TRUE);
    proof_free(&proof);
}

static void what_follows_from_two_implications_is_one(void **state)
{
    (void)state;
    small_proof proof = proof_new("MA,F,\nMA,passed,\nYR,no,\nYR,yes,\n"
                                  "ES,no,\nES,yes,\n",
                                  "");
    proof_write(&proof, "implications.csv", "a,b\nMA=F,YR=no\nYR=no,ES=no\n");
    assert_true(proof_read(&proof));
    assert_int_equal(proof.evidence->implications->len, 3);
    const lkv_follows *it =
        &g_array_index(proof.evidence->implications, lkv_follows, 2);
    GString *words = g_string_new(NULL);
    lkv_evidence_where(proof.evidence, &it->a, words);
    g_string_append(words, " -> ");
    lkv_evidence_where(proof.evidence, &it->b, words);
    assert_string_equal(words->str, "MA=F -> ES=no");
    assert_int_equal(it->chain->len, 3);
    g_string_free(words, TRUE);
    proof_free(&proof);
}

static void faults_are_told_where_they_are(void **state)
{
    (void)state;
    const struct {
        const char *file, *text;
        long line;
        const char *field, *what;
    } faults[] = {
        {"published-cells.csv",
         CELLS_HEAD CELL "r,d,t,p,count,,school=S1,,many,0,published\n", 3,
         "value", "\"many\" is no number of pupils"},
        {"published-cells.csv",
         CELLS_HEAD "r,d,t,p,count,,school=S9,,1,0,published\n", 2, "dims",
         "school=S9 is not in dims.csv"},
        {"published-cells.csv",
         CELLS_HEAD "r,d,t,p,count,,school,,1,0,published\n", 2, "dims",
         "\"school\" is no condition such as school=17"},
        {"published-cells.csv",
         CELLS_HEAD "r,d,t,p,count,,school=S1,,,0,published\n", 2, "value",
         "a published cell has no value"},
        {"published-cells.csv",
         CELLS_HEAD "r,d,t,p,count,,school=S1,,1,0,shown\n", 2, "status",
         "\"shown\" is no status"},
        {"published-cells.csv",
         CELLS_HEAD "r,d,t,p,median,,school=S1,,1,0,published\n", 2, "stat",
         "\"median\" is no count, pct, mean, sum or other"},
        {"published-cells.csv",
         CELLS_HEAD "r,d,t,p,mean,points,school=S1,,9,0,at_least\n", 2,
         "status", "only a count or a pct has one end"},
        {"published-cells.csv", CELLS_HEAD "r,d,t,p,count,,school=S1\n", 2,
         "report", "the row has 7 fields, the header 11"},
        {"published-cells.csv", "report,table\n", 1, "population",
         "there is no column population"},
        {"implications.csv", "a,b\ngoal=maybe,goal=no\n", 2, "a",
         "goal=maybe is not in dims.csv"},
        {"implications.csv", "a,b\ngoal=no,\n", 2, "b",
         "an implication needs a condition"},
        {"populations.csv", "pop_a,pop_b,only_a,only_b\na,b,0,x\n", 2, "only_b",
         "\"x\" is no number of pupils"},
        {"scales.csv", "outcome,least,most,step\npoints,0,,1\n", 2, "most",
         "\"\" is no number"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        small_proof proof = proof_new(DIMS, CELL);
        proof_write(&proof, faults[i].file, faults[i].text);
        assert_false(proof_read(&proof));
        assert_int_equal(lkv_diag_size(proof.diag), 1);
        const lkv_message *message = lkv_diag_at(proof.diag, 0);
        assert_string_equal(message->code, "E-PROOF-ROW");
        assert_true(g_str_has_suffix(message->file, faults[i].file));
        assert_int_equal(message->line, faults[i].line);
        assert_string_equal(message->field, faults[i].field);
        assert_string_equal(message->what, faults[i].what);
        proof_free(&proof);
    }
}

static void every_file_is_needed(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(proof_names); i++) {
        small_proof proof = proof_new(DIMS, CELL);
        g_autofree char *path =
            g_build_filename(proof.folder, proof_names[i], NULL);
        g_remove(path);
        assert_false(proof_read(&proof));
        assert_int_equal(lkv_diag_fault(proof.diag), LKV_FAULT_INPUT);
        assert_true(
            g_str_has_suffix(lkv_diag_at(proof.diag, 0)->file, proof_names[i]));
        proof_free(&proof);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_what_a_reader_may_take_from_them),
        cmocka_unit_test(what_follows_from_two_implications_is_one),
        cmocka_unit_test(faults_are_told_where_they_are),
        cmocka_unit_test(every_file_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
