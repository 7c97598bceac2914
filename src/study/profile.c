#include "study/profile.h"

#include "study/schema.h"
#include "study/study.h"

static const lkv_key keys[] = {
    {LKV_ROW("", NULL, "privacy profiles by id"), LKV_IS_NAMED,
     .identifiers = true},
    {LKV_ROW("PROFILE", NULL, "thresholds of an audience"), LKV_IS_MAP},
    {LKV_ROW("PROFILE.open", "no", "hides nothing"), LKV_IS_YES_NO},
    {LKV_ROW("PROFILE.n_min", NULL, "a smaller base is hidden"),
     LKV_IS_WHOLE(0, 1000), .required = true},
    {LKV_ROW("PROFILE.k_min", NULL, "fewer of a sensitive outcome are masked"),
     LKV_IS_WHOLE(0, 1000), .required = true},
    {LKV_ROW("PROFILE.gap_min", NULL, "both groups of a gap"),
     LKV_IS_WHOLE(0, 1000), .required = true},
    {LKV_ROW("PROFILE.quantile_min", NULL, "base of a quantile"),
     LKV_IS_WHOLE(0, 1000), .required = true},
    {LKV_ROW("PROFILE.mean_min", NULL, "base of a mean"), LKV_IS_WHOLE(0, 1000),
     .required = true},
    {LKV_ROW("PROFILE.decimals_from", "100", "base of shares with decimals"),
     LKV_IS_WHOLE(0, 1000000)},
    {LKV_ROW("PROFILE.share_decimals", "1", "their decimals, of per cent"),
     LKV_IS_WHOLE(0, 6)},
    {LKV_ROW("PROFILE.mean_decimals", "1", "decimals of means"),
     LKV_IS_WHOLE(0, 6)},
    {LKV_ROW("PROFILE.mean_decimals_from", "50", "base of means with decimals"),
     LKV_IS_WHOLE(0, 1000000)},
    {LKV_ROW("PROFILE.own_school", "no", "one audience a school"),
     LKV_IS_YES_NO},
};

static lkv_node *read_file(lkv_yaml *yaml, lkv_diag *diag)
{
    g_autofree char *folder = lkv_reports_folder();
    g_autofree char *path = g_build_filename(folder, "profiles.yml", NULL);
    lkv_node *root = lkv_yaml_read(yaml, path, diag);
    lkv_schema schema = {keys, G_N_ELEMENTS(keys)};
    return root && lkv_schema_check(schema, yaml, root, diag) ? root : NULL;
}

char **lkv_profile_ids(lkv_diag *diag)
{
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    const lkv_node *root = read_file(yaml, diag);
    if (!root) {
        return NULL;
    }
    char **ids = g_new0(char *, lkv_node_size(root) + 1);
    for (size_t i = 0; i < lkv_node_size(root); i++) {
        ids[i] = g_strdup(lkv_node_at(root, i)->key);
    }
    return ids;
}

static int number(const lkv_node *node, const char *key)
{
    return (int)lkv_node_whole(node, key, 0);
}

/* Under three, subtracting oneself or a friend shows a single pupil. */
static bool sound(const lkv_profile *profile, const lkv_node *node,
                  lkv_diag *diag)
{
    enum { LEAST = 3 };
    bool small = profile->base_least < LEAST || profile->count_least < LEAST ||
                 profile->gap_least < LEAST ||
                 profile->quantile_least < LEAST || profile->mean_least < LEAST;
    if (!small) {
        return true;
    }
    lkv_message *message = lkv_diag_add(
        diag, "E-PROFILE-UNSOUND", lkv_node_place(node, profile->id),
        "the profile \"%s\" has a threshold under 3", profile->id);
    lkv_message_why(message, "one or two pupils of a group could be known");
    lkv_message_fix(message, "raise it, or say privacy: {accept_small_cells: "
                             "yes} in the study");
    return false;
}

lkv_profile *lkv_profile_read(const char *id, bool accept_small, lkv_diag *diag)
{
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    const lkv_node *root = read_file(yaml, diag);
    if (!root) {
        return NULL;
    }
    const lkv_node *node = lkv_node_find(root, id);
    if (!node) {
        lkv_diag_add(diag, "E-PROFILE-UNKNOWN",
                     lkv_node_place(root, "privacy.profiles"),
                     "there is no profile \"%s\"", id);
        return NULL;
    }
    g_autoptr(lkv_profile) profile = g_new0(lkv_profile, 1);
    *profile = (lkv_profile){
        .id = g_strdup(id),
        .open = lkv_node_yes(node, "open", false),
        .base_least = number(node, "n_min"),
        .count_least = number(node, "k_min"),
        .gap_least = number(node, "gap_min"),
        .quantile_least = number(node, "quantile_min"),
        .mean_least = number(node, "mean_min"),
        .decimals_from = number(node, "decimals_from"),
        .share_decimals = number(node, "share_decimals"),
        .mean_decimals = number(node, "mean_decimals"),
        .mean_decimals_from = number(node, "mean_decimals_from"),
        .own_school = lkv_node_yes(node, "own_school", false),
    };
    if (!profile->open && !accept_small && !sound(profile, node, diag)) {
        return NULL;
    }
    return g_steal_pointer(&profile);
}

void lkv_profile_free(lkv_profile *profile)
{
    if (profile) {
        g_free(profile->id);
        g_free(profile);
    }
}
