#include <math.h>
#include <string.h>

#include "study/definition.h"
#include "study/schema.h"
#include "study/study.h"

static const lkv_key keys[] = {
    {LKV_ROW("", NULL, "a theme"), LKV_IS_MAP},
    {LKV_ROW("head", NULL, "line above the title"), LKV_IS_TEXT},
    {LKV_ROW("contact", NULL, "whom to ask"), LKV_IS_TEXT},
    {LKV_ROW("logo", NULL, "a PNG file beside this one"), LKV_IS_TEXT},
    {LKV_ROW("colours", NULL, "six hexadecimal digits each"), LKV_IS_MAP},
    {LKV_ROW("colours.ink", NULL, "text"), LKV_IS_TEXT},
    {LKV_ROW("colours.muted", NULL, "notes"), LKV_IS_TEXT},
    {LKV_ROW("colours.own", NULL, "the school of the report"), LKV_IS_TEXT},
    {LKV_ROW("colours.district", NULL, "the district"), LKV_IS_TEXT},
    {LKV_ROW("colours.other", NULL, "all other marks"), LKV_IS_TEXT},
    {LKV_ROW("colours.grid", NULL, "lines behind marks"), LKV_IS_TEXT},
    {LKV_ROW("colours.panel", NULL, "ground of boxes"), LKV_IS_TEXT},
    {LKV_ROW("colours.band", NULL, "range of the schools"), LKV_IS_TEXT},
};

/* A colour and the least contrast it must have on white, and on the grounds
 * that it may stand on; 0 = none is asked (WCAG 2.1, 1.4.3 and 1.4.11).
 */
typedef struct lkv_colour {
    const char *key;
    size_t offset;
    double on_white, on_grounds;
} lkv_colour;

static const lkv_colour palette[] = {
    {"ink", offsetof(lkv_theme, ink), 4.5, 4.5},
    {"muted", offsetof(lkv_theme, muted), 4.5, 4.5},
    {"own", offsetof(lkv_theme, own), 4.5, 3},
    {"district", offsetof(lkv_theme, district), 4.5, 3},
    {"other", offsetof(lkv_theme, other), 3, 0},
    {"grid", offsetof(lkv_theme, grid), 0, 0},
    {"panel", offsetof(lkv_theme, panel), 0, 0},
    {"band", offsetof(lkv_theme, band), 0, 0},
};

static uint32_t *colour_at(lkv_theme *theme, size_t index)
{
    void *at = (char *)theme + palette[index].offset;
    return at;
}

/* Relative luminance of a part of 0 … 255 (WCAG 2.1). */
static double linear(uint32_t part)
{
    double value = (double)part / 255.0;
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t colour)
{
    return 0.2126 * linear(colour >> 16 & 0xff) +
           0.7152 * linear(colour >> 8 & 0xff) + 0.0722 * linear(colour & 0xff);
}

static double contrast(uint32_t a, uint32_t b)
{
    double one = luminance(a);
    double other = luminance(b);
    return (MAX(one, other) + 0.05) / (MIN(one, other) + 0.05);
}

static bool read_colour(const char *text, uint32_t *out)
{
    const char *hex = *text == '#' ? text + 1 : text;
    uint32_t colour = 0;
    if (strlen(hex) != 6) {
        return false;
    }
    for (const char *at = hex; *at; at++) {
        int digit = g_ascii_xdigit_value(*at);
        if (digit < 0) {
            return false;
        }
        colour = colour << 4 | (uint32_t)digit;
    }
    *out = colour;
    return true;
}

/* A theme that is being read. */
typedef struct lkv_painter {
    lkv_theme *theme;
    const lkv_node *root;
    lkv_diag *diag;
    bool sound;
} lkv_painter;

static const lkv_node *place_of(const lkv_painter *painter, const char *key)
{
    const lkv_node *node =
        lkv_node_find(lkv_node_find(painter->root, "colours"), key);
    return node ? node : painter->root;
}

static void check_contrast(lkv_painter *painter, size_t index, uint32_t ground,
                           double least)
{
    const char *key = palette[index].key;
    double found = contrast(*colour_at(painter->theme, index), ground);
    if (found >= least) {
        return;
    }
    int tenths = (int)(found * 10);
    painter->sound = false;
    lkv_message *message = lkv_diag_add(
        painter->diag, "E-THEME-CONTRAST",
        lkv_node_place(place_of(painter, key), key),
        "\"%s\" on %06X has a contrast of %d.%d to 1, too little to be read",
        key, (unsigned)ground, tenths / 10, tenths % 10);
    lkv_message_fix(message, "take a darker colour: at least %s to 1",
                    least > 4 ? "4.5" : "3");
}

static void check_colours(lkv_painter *painter)
{
    const lkv_theme *theme = painter->theme;
    for (size_t i = 0; i < G_N_ELEMENTS(palette); i++) {
        check_contrast(painter, i, 0xffffff, palette[i].on_white);
        check_contrast(painter, i, theme->panel, palette[i].on_grounds);
        check_contrast(painter, i, theme->band, palette[i].on_grounds);
    }
}

static void read_colours(lkv_painter *painter)
{
    const lkv_node *colours = lkv_node_find(painter->root, "colours");
    for (size_t i = 0; i < G_N_ELEMENTS(palette); i++) {
        const char *key = palette[i].key;
        const char *text = lkv_node_text(colours, key);
        if (!text || read_colour(text, colour_at(painter->theme, i))) {
            continue;
        }
        painter->sound = false;
        lkv_message *message =
            lkv_diag_add(painter->diag, "E-VALUE-KIND",
                         lkv_node_place(lkv_node_find(colours, key), key),
                         "\"%s\" is not a colour", text);
        lkv_message_fix(message, "write six hexadecimal digits: \"1F2933\"");
    }
}

static void replace(char **text, const char *by)
{
    if (by) {
        g_free(*text);
        *text = g_strdup(by);
    }
}

/* The logo lies beside the theme, so that both can be kept with a run. */
static void read_logo(lkv_painter *painter, const char *path)
{
    const char *name = lkv_node_text(painter->root, "logo");
    if (!name) {
        return;
    }
    if (!g_str_has_suffix(name, ".png") || strchr(name, '/')) {
        painter->sound = false;
        lkv_message *message = lkv_diag_add(
            painter->diag, "E-THEME-LOGO",
            lkv_node_place(lkv_node_find(painter->root, "logo"), "logo"),
            "\"%s\" is not the name of a PNG file beside the theme", name);
        lkv_message_fix(message, "put the file there and write its name: "
                                 "\"logo.png\"");
        return;
    }
    g_autofree char *folder = g_path_get_dirname(path);
    g_free(painter->theme->logo);
    painter->theme->logo = g_build_filename(folder, name, NULL);
}

/* Puts what the file at PATH says over THEME. */
static bool read_over(lkv_theme *theme, const char *path, lkv_diag *diag)
{
    g_autoptr(lkv_yaml) yaml = lkv_yaml_new();
    lkv_node *root = lkv_yaml_read(yaml, path, diag);
    lkv_schema schema = {keys, G_N_ELEMENTS(keys)};
    if (!root || !lkv_schema_check(schema, yaml, root, diag)) {
        return false;
    }
    lkv_painter painter = {theme, root, diag, true};
    read_colours(&painter);
    if (painter.sound) {
        check_colours(&painter);
    }
    read_logo(&painter, path);
    replace(&theme->head, lkv_node_text(root, "head"));
    replace(&theme->contact, lkv_node_text(root, "contact"));
    return painter.sound;
}

lkv_theme *lkv_theme_read(const char *path, lkv_diag *diag)
{
    g_autofree char *folder = lkv_reports_folder();
    g_autofree char *built_in = g_build_filename(folder, "theme.yml", NULL);
    g_autoptr(lkv_theme) theme = g_new0(lkv_theme, 1);
    if (!read_over(theme, built_in, diag) ||
        (path && !read_over(theme, path, diag))) {
        return NULL;
    }
    return g_steal_pointer(&theme);
}

void lkv_theme_free(lkv_theme *theme)
{
    if (theme) {
        g_free(theme->head);
        g_free(theme->contact);
        g_free(theme->logo);
        g_free(theme);
    }
}
