/* What headers and codes of school systems are taken for. */
#include "check.h"

#include "study/columns.h"

static void test_headers(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        lkv_table table;
        const char *field;
    } cases[] = {
        {"Elev-ID", LKV_TABLE_PUPILS, "pupil_id"},
        {"elevid", LKV_TABLE_PUPILS, "pupil_id"},
        {"ELEV_ID", LKV_TABLE_GRADES, "pupil_id"},
        {"pupil_id", LKV_TABLE_PUPILS, "pupil_id"},
        {"Kön", LKV_TABLE_PUPILS, "sex"},
        {"KO\xcc\x88N", LKV_TABLE_PUPILS, "sex"},
        {"Årskurs", LKV_TABLE_PUPILS, "stage_year"},
        {"Skolenhetskod", LKV_TABLE_SCHOOLS, "school_id"},
        {"Betyg", LKV_TABLE_GRADES, "grade"},
        {"Betyg", LKV_TABLE_PUPILS, NULL},
        {"Lärare", LKV_TABLE_GRADES, NULL},
        {"", LKV_TABLE_PUPILS, NULL},
    };
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_fields) fields = lkv_fields_read(diag);
    assert_non_null(fields);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const lkv_field *field =
            lkv_fields_header(fields, cases[i].table, cases[i].header);
        const char *found = field ? field->id : NULL;
        if (g_strcmp0(found, cases[i].field) != 0) {
            fail_msg("%s is %s", cases[i].header, found ? found : "nothing");
        }
    }
}

static void test_codes(void **state)
{
    (void)state;
    static const struct {
        const char *field;
        const char *text;
        const char *code;
    } cases[] = {
        {"sex", "Flicka", "f"},
        {"sex", "K", "f"},
        {"sex", "pojke", "m"},
        {"sex", "M", "m"},
        {"sex", "f", "f"},
        {"sex", "Okänd", NULL},
        {"sex", "", NULL},
        {"new_immigrant", "JA", "yes"},
        {"new_immigrant", "0", "no"},
        {"new_immigrant", "true", "yes"},
        {"parental_education", "Eftergymnasial", "high"},
        {"parental_education", "för-gymnasial", "low"},
        {"background", "Utländsk bakgrund", "foreign"},
    };
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_fields) fields = lkv_fields_read(diag);
    assert_non_null(fields);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const lkv_field *field =
            lkv_fields_find(fields, LKV_TABLE_PUPILS, cases[i].field);
        assert_non_null(field);
        const char *code = lkv_field_code_of(field, cases[i].text);
        if (g_strcmp0(code, cases[i].code) != 0) {
            fail_msg("%s is %s", cases[i].text, code ? code : "nothing");
        }
    }
}

static void test_fields(void **state)
{
    (void)state;
    g_autoptr(lkv_diag) diag = lkv_diag_new();
    g_autoptr(lkv_fields) fields = lkv_fields_read(diag);
    assert_non_null(fields);
    const lkv_field *id = lkv_fields_find(fields, LKV_TABLE_PUPILS, "pupil_id");
    assert_int_equal(id->kind, LKV_FIELD_PERSON);
    assert_true(id->required);
    const lkv_field *sex = lkv_fields_find(fields, LKV_TABLE_PUPILS, "sex");
    assert_int_equal(sex->kind, LKV_FIELD_CATEGORY);
    assert_string_equal(sex->codes[0].code, "m");
    size_t count = 0;
    while (lkv_fields_at(fields, LKV_TABLE_ATTAINMENT, count)) {
        count++;
    }
    assert_int_equal(count, 4);
    assert_null(lkv_fields_find(fields, LKV_TABLE_PUPILS, "teacher"));
    assert_string_equal(lkv_table_id(LKV_TABLE_TESTS), "tests");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
