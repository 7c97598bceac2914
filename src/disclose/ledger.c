#include "disclose/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "disclose/key_map.h"
#include "disclose/shown.h"

/* One release on its way into the ledger. */
typedef struct reader {
    lkv_ledger *ledger;
    int64_t *moved; /* of each fact: by how many pupils, 0 = as it was */
    const lkv_release *release;
    int64_t few; /* most pupils that an "at least" leaves out */
    uint8_t *seen; /* of each fact: what some figure of the release has of it */
} reader;

enum { SEEN_SHOWN = 1, SEEN_HIDDEN = 2 };

/* ---- what is told -------------------------------------------------------- */

static void tell(reader *reading, uint32_t fact, lkv_fate_kind kind,
                 int64_t bound)
{
    lkv_fate *told = &reading->ledger->told[fact];
    if (kind < told->kind) {
        *told = (lkv_fate){kind, LKV_WHY_NOT, bound};
    }
}

static void move(reader *reading, uint32_t fact, int64_t by)
{
    reading->moved[fact] = MAX(reading->moved[fact], MAX(by, 1));
}

static int64_t whole_of(lkv_shown shown)
{
    return shown.decimals == LKV_FULL ? llround(shown.full) : shown.scaled;
}

static void see(reader *reading, uint32_t fact, lkv_shown shown)
{
    if (fact != LKV_NO_FACT) {
        reading->seen[fact] |= lkv_status_has_number(shown.status) ? SEEN_SHOWN
                               : shown.status == LKV_HIDDEN        ? SEEN_HIDDEN
                                                                   : 0;
    }
}

/* A count that was shown as SHOWN. */
static void read_count(reader *reading, uint32_t fact, lkv_shown shown)
{
    const lkv_facts *facts = reading->ledger->facts;
    see(reading, fact, shown);
    if (fact == LKV_NO_FACT || !lkv_status_has_number(shown.status)) {
        return;
    }
    int64_t now = lkv_facts_count(facts, lkv_facts_at(facts, fact)->base);
    int64_t then = whole_of(shown);
    bool least = shown.status == LKV_AT_LEAST;
    bool holds = shown.status == LKV_OK ? now == then
                 : least                ? now >= then
                                        : now <= then;
    if (now < 0) {
        return;
    }
    if (!holds) {
        move(reading, fact, llabs(now - then));
        return;
    }
    tell(reading, fact,
         shown.status == LKV_OK ? LKV_FATE_SHOWN
         : least                ? LKV_FATE_AT_LEAST
                                : LKV_FATE_AT_MOST,
         then);
}

/* A share that was "at least" or "at most": all but a few, or a few. */
static void read_bound(reader *reading, uint32_t number, bool least)
{
    const lkv_facts *facts = reading->ledger->facts;
    const lkv_fact *fact = lkv_facts_at(facts, number);
    int64_t base = lkv_facts_count(facts, fact->base);
    int64_t part = lkv_facts_count(facts, fact->part);
    if ((least ? base - part : part) > reading->few) {
        move(reading, number, 1);
    } else if (least) {
        tell(reading, number, LKV_FATE_AT_LEAST, base - reading->few);
    } else {
        tell(reading, number, LKV_FATE_AT_MOST, reading->few);
    }
}

static bool same_value(lkv_shown a, lkv_shown b)
{
    return a.status == b.status && a.scaled == b.scaled && !(a.full < b.full) &&
           !(a.full > b.full);
}

/* The fewest pupils by which a share can have moved, taken over its base of now:
 * what was printed is rounded.
 */
static int64_t moved_by(const lkv_facts *facts, const lkv_fact *fact,
                        lkv_shown then)
{
    double base = (double)lkv_facts_count(facts, fact->base);
    double part = (double)lkv_facts_count(facts, fact->part);
    double half = then.decimals == LKV_FULL
                      ? 0
                      : 0.5 / (double)lkv_power_of_ten(then.decimals);
    double moved = fabs(part - lkv_shown_number(then) * base) - half * base;
    return llround(ceil(fmax(moved, 0)));
}

static void read_value(reader *reading, size_t number, lkv_shown shown)
{
    const lkv_facts *facts = reading->ledger->facts;
    uint32_t at = facts->of[number].value;
    see(reading, at, shown);
    if (at == LKV_NO_FACT || !lkv_status_has_number(shown.status)) {
        return;
    }
    const lkv_fact *fact = lkv_facts_at(facts, at);
    bool share = fact->stat == LKV_SHARE;
    if (fact->stat == LKV_COUNT) {
        read_count(reading, at, shown);
    } else if (shown.status != LKV_OK) {
        read_bound(reading, at, shown.status == LKV_AT_LEAST);
    } else if (same_value(shown, lkv_shown_value(&facts->estimate[number],
                                                 shown.decimals))) {
        tell(reading, at, LKV_FATE_SHOWN, 0);
    } else if (share) {
        move(reading, at, moved_by(facts, fact, shown));
    }
}

static lkv_shown shown_at(const reader *reading, lkv_cell cell)
{
    return lkv_release_at(reading->release, cell);
}

static void read_release(reader *reading)
{
    const lkv_facts *facts = reading->ledger->facts;
    g_autoptr(lkv_key_map) map =
        lkv_key_map_new(lkv_release_frame(reading->release), facts->frame);
    for (size_t i = 0; i < lkv_release_size(reading->release); i++) {
        const lkv_figure *figure = lkv_release_figure(reading->release, i);
        lkv_key key;
        size_t number;
        if (!lkv_key_map_find(map, &figure->key, &key) ||
            !lkv_facts_find(facts, &key, &number)) {
            continue;
        }
        const lkv_estimate_facts *of = &facts->of[number];
        read_value(reading, number, shown_at(reading, figure->value));
        read_count(reading, of->n, shown_at(reading, figure->n));
        read_count(reading, of->missing, shown_at(reading, figure->missing));
    }
}

/* ---- what stays hidden --------------------------------------------------- */

static void kept_free(gpointer data)
{
    lkv_kept *kept = data;
    g_free(kept->profile);
    g_free(kept->hidden);
    g_free(kept);
}

/* Keeps hidden what RELEASE hid and nowhere showed. */
static void keep(reader *reading)
{
    lkv_ledger *ledger = reading->ledger;
    lkv_kept *kept = g_new(lkv_kept, 1);
    kept->profile = g_strdup(lkv_release_profile(reading->release));
    kept->hidden = g_new0(bool, ledger->facts->facts->len + 1U);
    for (guint i = 0; i < ledger->facts->facts->len; i++) {
        kept->hidden[i] = reading->seen[i] == SEEN_HIDDEN;
    }
    g_ptr_array_add(ledger->kept, kept);
}

static uint16_t population_of(const lkv_facts *facts, uint32_t fact)
{
    return lkv_crowds_at(facts->crowds, lkv_facts_at(facts, fact)->base)
        ->population;
}

/* Lets go what was kept of populations whose numbers have MOVED. */
static void let_go(lkv_ledger *ledger, const int64_t *moved)
{
    const lkv_facts *facts = ledger->facts;
    g_autofree bool *other =
        g_new0(bool, lkv_cube_populations(facts->frame->cube) + 1U);
    for (uint32_t i = 0; i < facts->facts->len; i++) {
        uint16_t population = population_of(facts, i);
        other[population] = other[population] || moved[i] > 0;
    }
    for (guint release = 0; release < ledger->kept->len; release++) {
        bool *hidden =
            ((lkv_kept *)g_ptr_array_index(ledger->kept, release))->hidden;
        for (uint32_t i = 0; i < facts->facts->len; i++) {
            hidden[i] = hidden[i] && !other[population_of(facts, i)];
        }
    }
}

/* ---- what is withheld ---------------------------------------------------- */

static gpointer unit_key(uint16_t population, uint16_t school)
{
    return GUINT_TO_POINTER((guint)population << 16 | school);
}

/* The unit that FACT is about, a set of schools or the district. */
static gpointer unit_of(const lkv_facts *facts, uint32_t fact)
{
    const lkv_crowd *crowd =
        lkv_crowds_at(facts->crowds, lkv_facts_at(facts, fact)->base);
    return unit_key(crowd->population,
                    lkv_crowd_on(crowd, facts->frame->school));
}

/* Units whose told counts have moved, none of them by COUNT_LEAST. */
static void withhold_units(lkv_ledger *ledger, const int64_t *moved,
                           int64_t count_least)
{
    const lkv_facts *facts = ledger->facts;
    g_autoptr(GHashTable) much = g_hash_table_new(NULL, NULL);
    for (uint32_t i = 0; i < facts->facts->len; i++) {
        if (moved[i] > 0) {
            g_hash_table_add(moved[i] < count_least ? ledger->units : much,
                             unit_of(facts, i));
        }
    }
    GHashTableIter iter;
    gpointer unit;
    g_hash_table_iter_init(&iter, much);
    while (g_hash_table_iter_next(&iter, &unit, NULL)) {
        g_hash_table_remove(ledger->units, unit);
    }
}

static bool is_few(int64_t moved, int64_t count_least)
{
    return moved > 0 && moved < count_least;
}

/* Of a unit that is withheld nobody knows which numbers are as they were. */
static void withhold_facts(lkv_ledger *ledger, const int64_t *moved,
                           int64_t count_least)
{
    const lkv_facts *facts = ledger->facts;
    for (uint32_t i = 0; i < facts->facts->len; i++) {
        bool unit = g_hash_table_contains(ledger->units, unit_of(facts, i));
        ledger->withheld[i] =
            unit || is_few(moved[i], count_least) ||
            is_few(moved[lkv_facts_at(facts, i)->n], count_least);
        if (ledger->withheld[i]) {
            ledger->told[i] = (lkv_fate){.kind = LKV_FATE_HIDDEN};
        }
    }
}

/* ---- making -------------------------------------------------------------- */

lkv_ledger *lkv_ledger_new(const lkv_facts *facts,
                           const lkv_release *const *releases, size_t count,
                           int64_t count_least)
{
    lkv_ledger *ledger = g_new0(lkv_ledger, 1);
    guint size = facts->facts->len;
    ledger->facts = facts;
    ledger->told = g_new(lkv_fate, size + 1U);
    ledger->withheld = g_new0(bool, size + 1U);
    ledger->units = g_hash_table_new(NULL, NULL);
    ledger->kept = g_ptr_array_new_with_free_func(kept_free);
    for (guint i = 0; i < size; i++) {
        ledger->told[i] = (lkv_fate){.kind = LKV_FATE_HIDDEN};
    }
    g_autofree int64_t *moved = g_new0(int64_t, size + 1U);
    for (size_t i = 0; i < count; i++) {
        g_autofree uint8_t *seen = g_new0(uint8_t, size + 1U);
        reader reading = {ledger, moved, releases[i],
                          lkv_release_thresholds(releases[i]).count_least - 1,
                          seen};
        read_release(&reading);
        keep(&reading);
    }
    let_go(ledger, moved);
    withhold_units(ledger, moved, count_least);
    withhold_facts(ledger, moved, count_least);
    return ledger;
}

void lkv_ledger_free(lkv_ledger *ledger)
{
    if (ledger) {
        g_free(ledger->told);
        g_free(ledger->withheld);
        g_hash_table_unref(ledger->units);
        g_ptr_array_unref(ledger->kept);
        g_free(ledger);
    }
}

void lkv_ledger_warn(const lkv_ledger *ledger, lkv_diag *diag)
{
    const lkv_cube *cube = ledger->facts->frame->cube;
    for (uint16_t i = 0; i < lkv_cube_populations(cube); i++) {
        GHashTableIter iter;
        gpointer unit;
        guint schools = 0;
        bool district = lkv_ledger_withholds_district(ledger, i);
        g_hash_table_iter_init(&iter, ledger->units);
        while (g_hash_table_iter_next(&iter, &unit, NULL)) {
            schools += GPOINTER_TO_UINT(unit) >> 16 == i;
        }
        schools -= district;
        if (!district && schools == 0) {
            continue;
        }
        lkv_message *message =
            lkv_diag_add(diag, "W-LEDGER-WITHHELD", (lkv_place){0},
                         "Population %s: figures about %s%u schools (or sets "
                         "of schools) are withheld, for an earlier release "
                         "told numbers a few pupils away",
                         lkv_cube_population_id(cube, i),
                         district ? "the district and " : "", schools);
        lkv_message_fix(message, "Let what was released stand, or wait until "
                                 "more pupils' results have changed");
    }
}

/* Whether FACT stays hidden from the audience of PROFILE. */
static bool stays_hidden(const lkv_ledger *ledger, const char *profile,
                         uint32_t fact)
{
    bool stays = false;
    for (guint i = 0; i < ledger->kept->len; i++) {
        const lkv_kept *kept = g_ptr_array_index(ledger->kept, i);
        stays = stays ||
                (kept->hidden[fact] && strcmp(kept->profile, profile) == 0);
    }
    return stays && ledger->told[fact].kind == LKV_FATE_HIDDEN;
}

void lkv_ledger_withhold(const lkv_ledger *ledger, const char *profile,
                         lkv_fate *fates)
{
    for (guint i = 0; i < ledger->facts->facts->len; i++) {
        if (ledger->withheld[i]) {
            fates[i] = (lkv_fate){LKV_FATE_HIDDEN, LKV_WHY_LEDGER, 0};
        } else if (fates[i].kind != LKV_FATE_HIDDEN &&
                   stays_hidden(ledger, profile, i)) {
            fates[i] = (lkv_fate){LKV_FATE_HIDDEN, LKV_WHY_BEFORE, 0};
        }
    }
}

bool lkv_ledger_withholds_district(const lkv_ledger *ledger,
                                   uint16_t population)
{
    return g_hash_table_contains(ledger->units,
                                 unit_key(population, LKV_SET_ALL));
}
