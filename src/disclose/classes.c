#include "disclose/proof.h"
#include "disclose/statement.h"

static size_t place_of(const lkv_cube *cube, lkv_term term)
{
    bool group = term.value & LKV_GROUP_BIT;
    return group ? lkv_cube_leaves(cube, term.axis) +
                       (term.value & (LKV_GROUP_BIT - 1U))
                 : term.value;
}

static void use(lkv_classes *classes, const lkv_where *where)
{
    const lkv_cube *cube = classes->facts->frame->cube;
    for (size_t i = 0; where && i < where->terms; i++) {
        lkv_term term = where->term[i];
        classes->used[term.axis][place_of(cube, term)] = true;
    }
}

static void use_all(lkv_classes *classes)
{
    static const lkv_field fields[] = {LKV_FIELD_VALUE, LKV_FIELD_N,
                                       LKV_FIELD_MISSING};
    const lkv_facts *facts = classes->facts;
    for (size_t i = 0; i < facts->estimates; i++) {
        for (size_t field = 0; field < G_N_ELEMENTS(fields); field++) {
            lkv_statement says = lkv_statement_of(facts, i, fields[field]);
            use(classes, says.dims);
            use(classes, says.base);
        }
    }
    const GArray *implied = facts->frame->implications;
    for (guint i = 0; i < implied->len; i++) {
        lkv_where where =
            lkv_where_and((lkv_where){0}, g_array_index(implied, lkv_term, i));
        use(classes, &where);
    }
}

static lkv_term term_at(const lkv_cube *cube, lkv_axis axis, size_t place)
{
    size_t leaves = lkv_cube_leaves(cube, axis);
    size_t value = place < leaves ? place : LKV_GROUP_BIT | (place - leaves);
    return (lkv_term){axis, (uint16_t)value};
}

static size_t places(const lkv_cube *cube, lkv_axis axis)
{
    return lkv_cube_leaves(cube, axis) + lkv_cube_groups(cube, axis);
}

/* Whether some used value holds one of leaves A and B, but not both. */
static bool told_apart(const lkv_classes *classes, lkv_axis axis, uint16_t a,
                       uint16_t b)
{
    const lkv_cube *cube = classes->facts->frame->cube;
    if (classes->used[axis][a] || classes->used[axis][b]) {
        return a != b;
    }
    for (size_t i = lkv_cube_leaves(cube, axis); i < places(cube, axis); i++) {
        lkv_term term = term_at(cube, axis, i);
        if (classes->used[axis][i] &&
            lkv_cube_holds(cube, term, a) != lkv_cube_holds(cube, term, b)) {
            return true;
        }
    }
    return false;
}

static void cut(lkv_classes *classes, lkv_axis axis)
{
    size_t leaves = lkv_cube_leaves(classes->facts->frame->cube, axis);
    uint16_t *first = g_new0(uint16_t, leaves + 1);
    for (size_t leaf = 0; leaf < leaves; leaf++) {
        while (first[leaf] < leaf &&
               (first[first[leaf]] != first[leaf] ||
                told_apart(classes, axis, first[leaf], (uint16_t)leaf))) {
            first[leaf]++;
        }
    }
    classes->first[axis] = first;
}

static bool *none_used(const lkv_cube *cube, lkv_axis axis)
{
    return g_new0(bool, places(cube, axis) + 1);
}

lkv_classes *lkv_classes_new(const lkv_facts *facts)
{
    lkv_classes *classes = g_new0(lkv_classes, 1);
    const lkv_cube *cube = facts->frame->cube;
    size_t axes = lkv_cube_axes(cube);
    classes->facts = facts;
    classes->used = g_new0(bool *, axes + 1);
    classes->first = g_new0(uint16_t *, axes + 1);
    for (size_t axis = 0; axis < axes; axis++) {
        classes->used[axis] = none_used(cube, (lkv_axis)axis);
    }
    use_all(classes);
    for (size_t axis = 0; axis < axes; axis++) {
        cut(classes, (lkv_axis)axis);
    }
    return classes;
}

void lkv_classes_free(lkv_classes *classes)
{
    if (!classes) {
        return;
    }
    size_t axes = lkv_cube_axes(classes->facts->frame->cube);
    for (size_t axis = 0; axis < axes; axis++) {
        g_free(classes->used[axis]);
        g_free(classes->first[axis]);
    }
    g_free(classes->used);
    g_free(classes->first);
    g_free(classes);
}

/* Whether TERM holds the class of leaf FIRST and nothing else. */
static bool is_class(const lkv_classes *classes, lkv_term term, uint16_t first)
{
    const lkv_cube *cube = classes->facts->frame->cube;
    for (size_t leaf = 0; leaf < lkv_cube_leaves(cube, term.axis); leaf++) {
        bool in = classes->first[term.axis][leaf] == first;
        if (lkv_cube_holds(cube, term, (uint16_t)leaf) != in) {
            return false;
        }
    }
    return true;
}

/* The used value that is the class of leaf FIRST; else the first leaf, which
 * stands for the others.
 */
static lkv_term named(const lkv_classes *classes, lkv_axis axis, uint16_t first)
{
    const lkv_cube *cube = classes->facts->frame->cube;
    for (size_t i = lkv_cube_leaves(cube, axis);
         !classes->used[axis][first] && i < places(cube, axis); i++) {
        lkv_term term = term_at(cube, axis, i);
        if (classes->used[axis][i] && is_class(classes, term, first)) {
            return term;
        }
    }
    return (lkv_term){axis, first};
}

static void add_members(GString *out, const lkv_classes *classes,
                        lkv_term group)
{
    const lkv_cube *cube = classes->facts->frame->cube;
    g_autoptr(GString) members = g_string_new(NULL);
    for (size_t i = 0; i < lkv_cube_leaves(cube, group.axis); i++) {
        uint16_t leaf = (uint16_t)i;
        if (classes->first[group.axis][i] == leaf &&
            lkv_cube_holds(cube, group, leaf)) {
            g_autofree char *name =
                lkv_proof_value(cube, named(classes, group.axis, leaf));
            g_string_append(members, members->len > 0 ? "|" : "");
            g_string_append(members, name);
        }
    }
    lkv_proof_field(out, members->str);
}

static void add_value(GString *out, const lkv_classes *classes, lkv_term term,
                      bool members)
{
    const lkv_cube *cube = classes->facts->frame->cube;
    g_autofree char *axis = lkv_proof_axis(cube, term.axis);
    g_autofree char *value = lkv_proof_value(cube, term);
    lkv_proof_field(out, axis);
    g_string_append_c(out, ',');
    lkv_proof_field(out, value);
    g_string_append_c(out, ',');
    if (members) {
        add_members(out, classes, term);
    }
    g_string_append_c(out, '\n');
}

static void add_axis(GString *out, const lkv_classes *classes, lkv_axis axis)
{
    const lkv_cube *cube = classes->facts->frame->cube;
    size_t leaves = lkv_cube_leaves(cube, axis);
    g_autofree bool *is_name = g_new0(bool, places(cube, axis) + 1);
    for (size_t leaf = 0; leaf < leaves; leaf++) {
        if (classes->first[axis][leaf] == leaf) {
            lkv_term name = named(classes, axis, (uint16_t)leaf);
            bool group = (name.value & LKV_GROUP_BIT) != 0;
            is_name[group ? leaves + (name.value ^ LKV_GROUP_BIT)
                          : name.value] = true;
            add_value(out, classes, name, false);
        }
    }
    for (size_t i = 0; i < places(cube, axis); i++) {
        if (classes->used[axis][i] && !is_name[i]) {
            add_value(out, classes, term_at(cube, axis, i), true);
        }
    }
}

char *lkv_classes_csv(const lkv_classes *classes)
{
    GString *out = g_string_new("dim,value,members\n");
    const lkv_cube *cube = classes->facts->frame->cube;
    for (size_t axis = 0; axis < lkv_cube_axes(cube); axis++) {
        bool used = false;
        for (size_t i = 0; i < places(cube, (lkv_axis)axis); i++) {
            used = used || classes->used[axis][i];
        }
        if (used) {
            add_axis(out, classes, (lkv_axis)axis);
        }
    }
    return g_string_free(out, FALSE);
}
