/* What the proof says beside the cells: names, overlaps, implications, scales.
 */
#include "disclose/private.h"

#include <inttypes.h>

#include "base/decimal.h"
#include "disclose/decision.h"
#include "disclose/proof.h"
#include "disclose/statement.h"

char *lkv_private_dims(const lkv_disclosure *disclosure)
{
    g_autoptr(lkv_classes) classes = lkv_classes_new(disclosure->facts);
    return lkv_classes_csv(classes);
}

char *lkv_private_populations(const lkv_disclosure *disclosure)
{
    const lkv_frame *frame = disclosure->facts->frame;
    GString *out = g_string_new("pop_a,pop_b,only_a,only_b\n");
    for (guint i = 0; i < frame->overlaps->len; i++) {
        const lkv_overlap *overlap =
            &g_array_index(frame->overlaps, lkv_overlap, i);
        lkv_proof_field(out, lkv_cube_population_id(frame->cube, overlap->a));
        g_string_append_c(out, ',');
        lkv_proof_field(out, lkv_cube_population_id(frame->cube, overlap->b));
        g_string_append_printf(out, ",%" PRId64 ",%" PRId64 "\n",
                               overlap->only_a, overlap->only_b);
    }
    return g_string_free(out, FALSE);
}

char *lkv_private_implications(const lkv_disclosure *disclosure)
{
    const lkv_frame *frame = disclosure->facts->frame;
    const GArray *terms = frame->implications;
    GString *out = g_string_new("a,b\n");
    for (guint i = 0; i + 1 < terms->len; i += 2) {
        lkv_where a =
            lkv_where_and((lkv_where){0}, g_array_index(terms, lkv_term, i));
        lkv_where b = lkv_where_and((lkv_where){0},
                                    g_array_index(terms, lkv_term, i + 1));
        lkv_proof_where(out, frame->cube, &a);
        g_string_append_c(out, ',');
        lkv_proof_where(out, frame->cube, &b);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

char *lkv_private_scales(const lkv_disclosure *disclosure)
{
    const lkv_frame *frame = disclosure->facts->frame;
    GString *out = g_string_new("outcome,least,most,step\n");
    for (guint i = 0; i < frame->outcomes->len; i++) {
        const lkv_outcome *outcome = lkv_frame_outcome(frame, i);
        if (outcome->kind != LKV_POINTS) {
            continue;
        }
        char number[3][32];
        g_autofree char *name = lkv_proof_outcome(frame, (uint16_t)i);
        lkv_proof_field(out, name);
        g_string_append_printf(
            out, ",%s,%s,%s\n",
            lkv_decimal_text(outcome->least, outcome->decimals, number[0]),
            lkv_decimal_text(outcome->most, outcome->decimals, number[1]),
            lkv_decimal_text(outcome->step, outcome->decimals, number[2]));
    }
    return g_string_free(out, FALSE);
}

lkv_disclosure_counts lkv_private_counts(const lkv_disclosure *disclosure,
                                         size_t profile)
{
    g_assert(profile < disclosure->audiences);
    return disclosure->audience[profile].counts;
}

lkv_assurance lkv_private_assurance(const lkv_disclosure *disclosure)
{
    return disclosure->assurance;
}
