#include "study/rules.h"

#include <string.h>

#include "study/folder.h"
#include "study/rules_text.h"
#include "study/schema.h"

static const lkv_key keys[] = {
    {LKV_ROW("", NULL, "a rule file"), LKV_IS_MAP},
    {LKV_ROW("rules", NULL, "id of the rules"), LKV_IS_TEXT, .required = true},
    {LKV_ROW("school_years", NULL, "school years in which they hold"),
     LKV_IS_MAP, .required = true},
    {LKV_ROW("school_years.from", NULL, "the first, such as 2011/12"),
     LKV_IS_TEXT, .required = true},
    {LKV_ROW("school_years.to", NULL, "the last; without it they hold on"),
     LKV_IS_TEXT},
    {LKV_ROW("scale", NULL, "steps by symbol, in the order to show them"),
     LKV_IS_NAMED, .required = true},
    {LKV_ROW("scale.SYMBOL", NULL, "a step"), LKV_IS_MAP},
    {LKV_ROW("scale.SYMBOL.rank", "0", "higher is better"),
     LKV_IS_WHOLE(0, 1000)},
    {LKV_ROW("scale.SYMBOL.points", "0", "what it adds to a merit value"),
     LKV_IS_REAL(0, 1000000)},
    {LKV_ROW("scale.SYMBOL.is", NULL, "what the step means"),
     LKV_IS_WORD("meaning of a step", "pass", "fail", "no_basis", "not_studied",
                 "missing"),
     .required = true},
    {LKV_ROW("letter_case", "counts", "whether a and A differ"),
     LKV_IS_WORD("counts or ignored", "counts", "ignored")},
    {LKV_ROW("aliases", NULL, "other texts for a step"), LKV_IS_NAMED},
    {LKV_ROW("aliases.TEXT", NULL, "symbol of the step"), LKV_IS_TEXT},
    {LKV_ROW("subjects", NULL, "codes in the order of the syllabus"),
     LKV_IS_NAMED, .required = true, .identifiers = true},
    {LKV_ROW("subjects.SUBJECT", NULL, "other texts for it"), LKV_IS_TEXTS},
    {LKV_ROW("choices", NULL, "codes that stand for a subject per language"),
     LKV_IS_NAMED, .identifiers = true},
    {LKV_ROW("choices.CHOICE", NULL, "a choice"), LKV_IS_MAP},
    {LKV_ROW("choices.CHOICE.letters", "3", "letters of a language's code"),
     LKV_IS_WHOLE(1, 8)},
    {LKV_ROW("choices.CHOICE.names", NULL, "other texts for it"), LKV_IS_TEXTS},
    {LKV_ROW("blocks", NULL, "subjects that a block grade stands for"),
     LKV_IS_NAMED},
    {LKV_ROW("blocks.SUBJECT", NULL, "the subjects"), LKV_IS_TEXTS},
    {LKV_ROW("slots", NULL, "compulsory places in the timetable"), LKV_IS_NAMED,
     .required = true, .identifiers = true},
    {LKV_ROW("slots.SLOT", NULL, "subjects that fill it"), LKV_IS_TEXTS},
    {LKV_ROW("merit", NULL, "merit values"), LKV_IS_NAMED, .identifiers = true},
    {LKV_ROW("merit.RULE", NULL, "a merit value"), LKV_IS_MAP},
    {LKV_ROW("merit.RULE.best", NULL, "so many best grades"),
     LKV_IS_WHOLE(1, 200), .required = true},
    {LKV_ROW("merit.RULE.plus_one_of", NULL, "and one of this choice"),
     LKV_IS_TEXT},
    {LKV_ROW("merit.RULE.one_per_slot", "no", "a slot counts once"),
     LKV_IS_YES_NO},
    {LKV_ROW("eligible", NULL, "rules of eligibility"), LKV_IS_NAMED,
     .identifiers = true},
    {LKV_ROW("eligible.RULE", NULL, "a rule"), LKV_IS_MAP},
    {LKV_ROW("eligible.RULE.slots", NULL, "slots that must be passed"),
     LKV_IS_TEXTS, .required = true},
    {LKV_ROW("eligible.RULE.named", NULL, "subjects that must be passed too"),
     LKV_IS_TEXTS},
    {LKV_ROW("eligible.RULE.others", "0",
             "passed subjects beside the slots; the named count among them"),
     LKV_IS_WHOLE(0, 200)},
    {LKV_ROW("stages", NULL, "stages of schooling, the first first"),
     LKV_IS_NAMED, .required = true, .identifiers = true},
    {LKV_ROW("stages.STAGE", NULL, "a stage"), LKV_IS_MAP},
    {LKV_ROW("stages.STAGE.stage_year", NULL, "which year of schooling it is"),
     LKV_IS_LIST, .required = true, .brief = "is"},
    {LKV_ROW("stages.STAGE.stage_year.from", NULL, "first school year"),
     LKV_IS_TEXT},
    {LKV_ROW("stages.STAGE.stage_year.to", NULL, "last school year"),
     LKV_IS_TEXT},
    {LKV_ROW("stages.STAGE.stage_year.is", NULL, "year of schooling"),
     LKV_IS_WHOLE(1, 30), .required = true},
    {LKV_ROW("stages.STAGE.graded", "yes", "grades are given"), LKV_IS_YES_NO},
    {LKV_ROW("stages.STAGE.goals", NULL, "subjects with a goal, no grade"),
     LKV_IS_TEXTS},
    {LKV_ROW("stages.STAGE.blocks", "no", "block grades count"), LKV_IS_YES_NO},
    {LKV_ROW("stages.STAGE.leaves", "no", "pupils leave after it"),
     LKV_IS_YES_NO},
    {LKV_ROW("breaks", NULL, "what makes years hard to compare"), LKV_IS_NAMED,
     .identifiers = true},
    {LKV_ROW("breaks.BREAK", NULL, "a break"), LKV_IS_MAP},
    {LKV_ROW("breaks.BREAK.from", NULL, "the first school year after it"),
     LKV_IS_TEXT, .required = true},
    {LKV_ROW("breaks.BREAK.stages", NULL, "whose results it touches"),
     LKV_IS_TEXTS, .required = true},
    {LKV_ROW("least_change", NULL, "smaller changes are told as none"),
     LKV_IS_MAP},
    {LKV_ROW("least_change.share", "5", "percentage points"),
     LKV_IS_WHOLE(0, 100)},
    {LKV_ROW("least_change.points", "0", "points of a merit value"),
     LKV_IS_WHOLE(0, 1000000)},
    {LKV_ROW("sensitive", NULL, "outcomes whose small counts are masked"),
     LKV_IS_TEXTS},
};

/* The path that ID means; NULL with a report when there is no such file. */
static char *path_of(const char *id, lkv_diag *diag)
{
    if (strchr(id, '/') || g_str_has_suffix(id, ".yml")) {
        return g_strdup(id);
    }
    char *path = lkv_reports_file("rules", id);
    if (!path) {
        g_auto(GStrv) names = lkv_reports_names("rules");
        g_autofree char *all = g_strjoinv(", ", names);
        lkv_message *message =
            lkv_diag_add(diag, "E-RULES-UNKNOWN", (lkv_place){.field = "rules"},
                         "there are no rules \"%s\"", id);
        lkv_message_fix(message, "known: %s; or give the path of a rule file",
                        all);
    }
    return path;
}

lkv_rules *lkv_rules_read(const char *id, lkv_diag *diag)
{
    g_autofree char *path = path_of(id, diag);
    if (!path) {
        return NULL;
    }
    g_autoptr(lkv_rules) rules = g_new0(lkv_rules, 1);
    rules->text = g_new0(struct lkv_rules_text, 1);
    rules->text->yaml = lkv_yaml_new();
    lkv_yaml *yaml = rules->text->yaml;
    lkv_node *root = lkv_yaml_read(yaml, path, diag);
    lkv_schema schema = {keys, G_N_ELEMENTS(keys)};
    if (!root || !lkv_schema_check(schema, yaml, root, diag) ||
        !lkv_rules_fill(rules, root, diag)) {
        return NULL;
    }
    return g_steal_pointer(&rules);
}

void lkv_rules_free(lkv_rules *rules)
{
    if (!rules) {
        return;
    }
    lkv_yaml_free(rules->text->yaml);
    g_free(rules->text);
    g_free(rules);
}
