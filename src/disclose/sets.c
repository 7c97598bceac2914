#include "disclose/sets.h"

#include <string.h>

enum { WORD = 64 };

/* One axis: its sets as rows of bits, a bit a leaf. */
typedef struct axis_sets {
    size_t leaves, words;
    GArray *bits; /* uint64_t, WORDS a set */
    GHashTable *known; /* GBytes of bits -> number + 1 */
    GArray *atoms; /* uint16_t: numbers of sets */
    size_t groups;
    uint16_t *of_value; /* set of each leaf, then of each group, once asked */
} axis_sets;

enum { NOT_ASKED = 0xFFFD };

struct lkv_sets {
    const lkv_cube *cube;
    size_t axes;
    axis_sets *axis;
};

lkv_sets *lkv_sets_new(const lkv_cube *cube)
{
    lkv_sets *sets = g_new0(lkv_sets, 1);
    sets->cube = cube;
    sets->axes = lkv_cube_axes(cube);
    sets->axis = g_new0(axis_sets, sets->axes + 1);
    for (size_t i = 0; i < sets->axes; i++) {
        axis_sets *axis = &sets->axis[i];
        axis->leaves = lkv_cube_leaves(cube, (lkv_axis)i);
        axis->words = (axis->leaves + WORD - 1) / WORD;
        axis->bits = g_array_new(FALSE, TRUE, sizeof(uint64_t));
        axis->known = g_hash_table_new_full(
            g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
        axis->atoms = g_array_new(FALSE, FALSE, sizeof(uint16_t));
        axis->groups = lkv_cube_groups(cube, (lkv_axis)i);
        size_t values = axis->leaves + axis->groups;
        axis->of_value = g_new(uint16_t, values + 1);
        for (size_t value = 0; value < values; value++) {
            axis->of_value[value] = NOT_ASKED;
        }
    }
    return sets;
}

void lkv_sets_free(lkv_sets *sets)
{
    if (!sets) {
        return;
    }
    for (size_t i = 0; i < sets->axes; i++) {
        g_array_unref(sets->axis[i].bits);
        g_hash_table_unref(sets->axis[i].known);
        g_array_unref(sets->axis[i].atoms);
        g_free(sets->axis[i].of_value);
    }
    g_free(sets->axis);
    g_free(sets);
}

static const uint64_t *bits_of(const axis_sets *axis, uint16_t set)
{
    return &g_array_index(axis->bits, uint64_t, set * axis->words);
}

static bool leaf_in(const uint64_t *bits, size_t leaf)
{
    return bits[leaf / WORD] >> (leaf % WORD) & 1U;
}

/* The number of the set with BITS, a new one if it must be. */
static uint16_t keep(axis_sets *axis, const uint64_t *bits)
{
    size_t leaves = 0;
    for (size_t i = 0; i < axis->leaves; i++) {
        leaves += leaf_in(bits, i);
    }
    if (leaves == 0) {
        return LKV_SET_EMPTY;
    }
    if (leaves == axis->leaves) {
        return LKV_SET_ALL;
    }
    GBytes *key = g_bytes_new(bits, axis->words * sizeof *bits);
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(axis->known, key));
    if (known > 0) {
        g_bytes_unref(key);
        return (uint16_t)(known - 1);
    }
    guint number = g_hash_table_size(axis->known);
    g_assert(number < NOT_ASKED);
    g_array_append_vals(axis->bits, bits, (guint)axis->words);
    g_hash_table_insert(axis->known, key, GUINT_TO_POINTER(number + 1));
    return (uint16_t)number;
}

uint16_t lkv_sets_of(lkv_sets *sets, lkv_term term)
{
    axis_sets *axis = &sets->axis[term.axis];
    size_t value = term.value & (LKV_GROUP_BIT - 1U);
    value += term.value & LKV_GROUP_BIT ? axis->leaves : 0;
    g_assert(value < axis->leaves + axis->groups);
    if (axis->of_value[value] != NOT_ASKED) {
        return axis->of_value[value];
    }
    g_autofree uint64_t *bits = g_new0(uint64_t, axis->words);
    for (size_t i = 0; i < axis->leaves; i++) {
        if (lkv_cube_holds(sets->cube, term, (uint16_t)i)) {
            bits[i / WORD] |= UINT64_C(1) << (i % WORD);
        }
    }
    axis->of_value[value] = keep(axis, bits);
    return axis->of_value[value];
}

/* Bits of SET as a copy: of all leaves and of none, too. */
static uint64_t *copied(const axis_sets *axis, uint16_t set)
{
    uint64_t *bits = g_new0(uint64_t, axis->words);
    if (set == LKV_SET_ALL) {
        for (size_t i = 0; i < axis->leaves; i++) {
            bits[i / WORD] |= UINT64_C(1) << (i % WORD);
        }
    } else if (set != LKV_SET_EMPTY) {
        memcpy(bits, bits_of(axis, set), axis->words * sizeof *bits);
    }
    return bits;
}

uint16_t lkv_sets_meet(lkv_sets *sets, lkv_axis number, uint16_t a, uint16_t b)
{
    axis_sets *axis = &sets->axis[number];
    g_autofree uint64_t *bits = copied(axis, a);
    g_autofree uint64_t *other = copied(axis, b);
    for (size_t i = 0; i < axis->words; i++) {
        bits[i] &= other[i];
    }
    return keep(axis, bits);
}

uint16_t lkv_sets_without(lkv_sets *sets, lkv_axis number, uint16_t a,
                          uint16_t b)
{
    axis_sets *axis = &sets->axis[number];
    g_autofree uint64_t *bits = copied(axis, a);
    g_autofree uint64_t *other = copied(axis, b);
    for (size_t i = 0; i < axis->words; i++) {
        bits[i] &= ~other[i];
    }
    return keep(axis, bits);
}

size_t lkv_sets_size(const lkv_sets *sets, lkv_axis number, uint16_t set)
{
    const axis_sets *axis = &sets->axis[number];
    if (set >= LKV_SET_EMPTY) {
        return set == LKV_SET_ALL ? axis->leaves : 0;
    }
    size_t leaves = 0;
    for (size_t i = 0; i < axis->leaves; i++) {
        leaves += leaf_in(bits_of(axis, set), i);
    }
    return leaves;
}

/* Splits the classes of leaves by one set: leaves of one class of which some
 * lie in the set and some do not come apart.
 */
static size_t split(const uint64_t *bits, uint32_t *class_of, size_t leaves,
                    size_t classes)
{
    g_autofree uint32_t *moved = g_new0(uint32_t, classes);
    g_autofree size_t *inside = g_new0(size_t, classes);
    g_autofree size_t *size = g_new0(size_t, classes);
    for (size_t i = 0; i < leaves; i++) {
        size[class_of[i]]++;
        inside[class_of[i]] += leaf_in(bits, i);
    }
    size_t before = classes;
    for (size_t i = 0; i < leaves; i++) {
        uint32_t old = class_of[i];
        if (old >= before || !leaf_in(bits, i) || inside[old] == size[old]) {
            continue;
        }
        if (moved[old] == 0) {
            moved[old] = (uint32_t)classes++;
        }
        class_of[i] = moved[old];
    }
    return classes;
}

static void cut(axis_sets *axis)
{
    g_autofree uint32_t *class_of = g_new0(uint32_t, axis->leaves + 1);
    size_t classes = 1;
    guint sets = g_hash_table_size(axis->known);
    for (guint set = 0; set < sets; set++) {
        classes = split(bits_of(axis, (uint16_t)set), class_of, axis->leaves,
                        classes);
    }
    g_autofree bool *seen = g_new0(bool, classes);
    for (size_t first = 0; first < axis->leaves; first++) {
        if (seen[class_of[first]]) {
            continue;
        }
        seen[class_of[first]] = true;
        g_autofree uint64_t *bits = g_new0(uint64_t, axis->words);
        for (size_t i = first; i < axis->leaves; i++) {
            if (class_of[i] == class_of[first]) {
                bits[i / WORD] |= UINT64_C(1) << (i % WORD);
            }
        }
        uint16_t atom = keep(axis, bits);
        g_array_append_val(axis->atoms, atom);
    }
}

void lkv_sets_cut(lkv_sets *sets)
{
    for (size_t i = 0; i < sets->axes; i++) {
        cut(&sets->axis[i]);
    }
}

size_t lkv_sets_count(const lkv_sets *sets, lkv_axis axis)
{
    return g_hash_table_size(sets->axis[axis].known);
}

size_t lkv_sets_atoms(const lkv_sets *sets, lkv_axis axis)
{
    return sets->axis[axis].atoms->len;
}

uint16_t lkv_sets_atom(const lkv_sets *sets, lkv_axis axis, size_t index)
{
    g_assert(index < sets->axis[axis].atoms->len);
    return g_array_index(sets->axis[axis].atoms, uint16_t, index);
}

bool lkv_sets_holds_leaf(const lkv_sets *sets, lkv_axis axis, uint16_t set,
                         uint16_t leaf)
{
    if (set >= LKV_SET_EMPTY) {
        return set == LKV_SET_ALL;
    }
    return leaf_in(bits_of(&sets->axis[axis], set), leaf);
}

bool lkv_sets_within(const lkv_sets *sets, lkv_axis number, uint16_t inner,
                     uint16_t outer)
{
    if (outer == LKV_SET_ALL || inner == LKV_SET_EMPTY) {
        return true;
    }
    if (outer == LKV_SET_EMPTY || inner == LKV_SET_ALL) {
        return false;
    }
    const axis_sets *axis = &sets->axis[number];
    const uint64_t *in = bits_of(axis, inner);
    const uint64_t *out = bits_of(axis, outer);
    for (size_t i = 0; i < axis->words; i++) {
        if (in[i] & ~out[i]) {
            return false;
        }
    }
    return true;
}
