#include "disclose/disclose.h"

#include <string.h>

#include "disclose/assurance.h"
#include "disclose/complement.h"
#include "disclose/decision.h"
#include "disclose/exact.h"
#include "disclose/figures.h"
#include "disclose/making.h"
#include "disclose/restore.h"
#include "disclose/silent.h"

static lkv_disclosure_counts counts_of(const lkv_facts *facts,
                                       const lkv_audience *audience)
{
    lkv_disclosure_counts counts = {.figures = facts->estimates};
    for (size_t i = 0; i < facts->estimates; i++) {
        lkv_verdict verdict =
            lkv_fates_judge(facts, audience->fates, &audience->profile, i);
        if (verdict.value.kind == LKV_FATE_AT_LEAST ||
            verdict.value.kind == LKV_FATE_AT_MOST) {
            counts.bounded++;
        }
        if (verdict.value.kind != LKV_FATE_HIDDEN) {
            continue;
        }
        counts.hidden++;
        if (verdict.value.why == LKV_WHY_COMPLEMENT) {
            counts.complementary++;
        } else {
            counts.primary++;
        }
    }
    return counts;
}

static void make_release(lkv_disclosure *disclosure, lkv_audience *audience,
                         const lkv_disclose_input *input)
{
    const lkv_profile *profile = &audience->profile;
    lkv_release_head head = {
        .profile = profile->id,
        .run = input->run_id,
        .open = profile->open,
        .thresholds = {profile->base_least, profile->count_least,
                       profile->gap_least, profile->quantile_least},
    };
    audience->release = lkv_release_new(disclosure->facts->frame, head);
    lkv_figures_add(audience->release, disclosure->facts, audience->fates,
                    profile);
    lkv_figures_add_steps(audience->release, input, disclosure->ledger,
                          profile);
    audience->counts = counts_of(disclosure->facts, audience);
}

/* Hiding in all populations what would give hidden numbers away to whoever
 * reads the releases of READERS together.
 */
typedef struct complement {
    const lkv_facts *facts;
    lkv_readers readers;
    const uint64_t *content;
    const lkv_stop *stop;
    lkv_diag **diag; /* of each population */
    lkv_assurance *assurance; /* the same, in the end */
    lkv_possible *possible;
} complementer;

/* What the facts of VIEW, which is drawn, leave possible. */
static void note_possible(const lkv_view *view, lkv_possible *possible)
{
    for (size_t i = 0; i < view->fact_count; i++) {
        uint32_t node = lkv_view_told(view, view->fact[i]);
        lkv_interval drawn = node == LKV_NO_CROWD
                                 ? (lkv_interval){0, LKV_UNBOUNDED}
                                 : view->drawn[node];
        possible[view->fact[i]] =
            (lkv_possible){(uint32_t)MIN(drawn.low, (int64_t)LKV_ANY),
                           (uint32_t)MIN(drawn.high, (int64_t)LKV_ANY)};
    }
}

/* Hides until neither a reader who knows all rules nor one who knows fewer can
 * work out too much: who knows less may take a number for smaller than it is.
 */
static bool protect(lkv_view *view, lkv_diag *diag)
{
    g_autoptr(lkv_checked) checked = lkv_checked_new(view);
    bool done = true;
    size_t hidden;
    do {
        hidden = lkv_view_hidden(view);
        for (int naive = 0; done && naive < 2; naive++) {
            view->naive = naive == 1;
            done = lkv_complement(view, diag) && lkv_exact(view, checked, diag);
            lkv_silent_hide(view);
        }
    } while (done && lkv_view_hidden(view) > hidden);
    view->naive = false;
    return done;
}

/* Populations have no fact in common. */
static bool complement_population(void *shared, size_t population)
{
    const complementer *all = shared;
    lkv_diag *diag = all->diag[population];
    g_autoptr(lkv_lattice) lattice =
        lkv_lattice_new(all->facts, (uint16_t)population, diag);
    if (!lattice) {
        return false;
    }
    g_autoptr(lkv_view) view =
        lkv_view_new(all->facts, lattice, all->readers, all->content, diag);
    if (!view) {
        return false;
    }
    view->stop = all->stop;
    if (!lkv_complement(view, diag)) {
        return false;
    }
    lkv_restore(view);
    lkv_silent_hide(view);
    bool done = protect(view, diag);
    if (done) {
        lkv_view_look(view);
        all->assurance[population] = lkv_assurance_of(view);
        note_possible(view, all->possible);
    }
    return done;
}

static bool complement(lkv_disclosure *disclosure, lkv_readers readers,
                       lkv_crew crew, lkv_diag *diag)
{
    const lkv_facts *facts = disclosure->facts;
    size_t populations = facts->frame->populations->len;
    g_autofree uint64_t *content = lkv_view_contents(facts, readers);
    g_autofree lkv_diag **own = g_new(lkv_diag *, populations + 1);
    for (size_t i = 0; i < populations; i++) {
        own[i] = lkv_diag_new();
    }
    g_autofree lkv_assurance *assurance =
        g_new0(lkv_assurance, populations + 1);
    complementer all = {facts,
                        readers,
                        content,
                        crew.stop,
                        own,
                        assurance,
                        disclosure->possible};
    bool done = lkv_jobs_run(complement_population, &all, populations, crew);
    disclosure->assurance = (lkv_assurance){0, INT64_MAX};
    for (size_t i = 0; i < populations; i++) {
        disclosure->assurance =
            lkv_assurance_and(disclosure->assurance, assurance[i]);
        lkv_diag_merge(diag, own[i]);
        lkv_diag_free(own[i]);
    }
    return done;
}

/* Each audience by itself, then all together: what one release tells must not
 * undo what another hides. A release of open data hides nothing.
 */
static bool complement_all(lkv_disclosure *disclosure, lkv_crew crew,
                           lkv_diag *diag)
{
    g_autofree lkv_audience **all =
        g_new0(lkv_audience *, disclosure->audiences + 1);
    size_t closed = 0;
    for (size_t i = 0; i < disclosure->audiences; i++) {
        if (!disclosure->audience[i].profile.open) {
            all[closed++] = &disclosure->audience[i];
        }
    }
    lkv_readers readers = {
        .ledger = disclosure->ledger ? disclosure->ledger->told : NULL};
    for (size_t i = 0; closed > 1 && i < closed; i++) {
        readers.audience = &all[i];
        readers.audiences = 1;
        if (!complement(disclosure, readers, crew, diag)) {
            return false;
        }
    }
    readers.audience = all;
    readers.audiences = closed;
    return closed == 0 || complement(disclosure, readers, crew, diag);
}

static lkv_ledger *read_ledger(const lkv_facts *facts,
                               const lkv_disclose_input *input)
{
    int64_t count_least = 0;
    for (size_t i = 0; i < input->profile_count; i++) {
        count_least = MAX(count_least, input->profiles[i]->count_least);
    }
    return input->ledger_count > 0
               ? lkv_ledger_new(facts, input->ledger, input->ledger_count,
                                count_least)
               : NULL;
}

static void apply_rules(const lkv_disclosure *disclosure,
                        lkv_audience *audience)
{
    const lkv_facts *facts = disclosure->facts;
    audience->primary = lkv_fates_primary(facts, &audience->profile);
    if (disclosure->ledger && !audience->profile.open) {
        lkv_ledger_withhold(disclosure->ledger, audience->profile.id,
                            audience->primary);
    }
    audience->fates = g_memdup2(audience->primary, (facts->facts->len + 1U) *
                                                       sizeof *audience->fates);
}

lkv_disclosure *lkv_disclose(const lkv_disclose_input *input, lkv_diag *diag)
{
    g_autoptr(lkv_disclosure) disclosure = g_new0(lkv_disclosure, 1);
    disclosure->text = g_string_chunk_new(256);
    disclosure->facts = lkv_facts_new(input->results, diag);
    if (!disclosure->facts) {
        return NULL;
    }
    disclosure->possible =
        g_new(lkv_possible, disclosure->facts->facts->len + 1U);
    for (guint i = 0; i < disclosure->facts->facts->len; i++) {
        disclosure->possible[i] = (lkv_possible){0, LKV_ANY};
    }
    disclosure->ledger = read_ledger(disclosure->facts, input);
    if (disclosure->ledger) {
        lkv_ledger_warn(disclosure->ledger, diag);
    }
    disclosure->audiences = input->profile_count;
    disclosure->audience = g_new0(lkv_audience, input->profile_count + 1);
    for (size_t i = 0; i < input->profile_count; i++) {
        lkv_audience *audience = &disclosure->audience[i];
        audience->profile = *input->profiles[i];
        audience->profile.id =
            g_string_chunk_insert(disclosure->text, input->profiles[i]->id);
        apply_rules(disclosure, audience);
    }
    if (!complement_all(disclosure, input->crew, diag) ||
        lkv_stop_asked(input->crew.stop)) {
        return NULL;
    }
    for (size_t i = 0; i < disclosure->audiences; i++) {
        make_release(disclosure, &disclosure->audience[i], input);
    }
    return g_steal_pointer(&disclosure);
}

void lkv_disclosure_decided(lkv_disclosure *disclosure)
{
    for (size_t i = 0; i < disclosure->audiences; i++) {
        g_clear_pointer(&disclosure->audience[i].primary, g_free);
    }
}

void lkv_disclosure_settle(lkv_disclosure *disclosure)
{
    lkv_disclosure_decided(disclosure);
    for (size_t i = 0; i < disclosure->audiences; i++) {
        g_clear_pointer(&disclosure->audience[i].fates, g_free);
    }
    g_clear_pointer(&disclosure->possible, g_free);
    g_clear_pointer(&disclosure->facts, lkv_facts_free);
}

void lkv_disclosure_free(lkv_disclosure *disclosure)
{
    if (!disclosure) {
        return;
    }
    lkv_disclosure_settle(disclosure);
    for (size_t i = 0; i < disclosure->audiences; i++) {
        lkv_release_free(disclosure->audience[i].release);
    }
    g_free(disclosure->audience);
    lkv_ledger_free(disclosure->ledger);
    g_string_chunk_free(disclosure->text);
    g_free(disclosure);
}

const lkv_release *lkv_disclosure_release(const lkv_disclosure *disclosure,
                                          size_t index)
{
    g_assert(index < disclosure->audiences);
    return disclosure->audience[index].release;
}
