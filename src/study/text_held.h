/* A catalogue held against that of another language before anything is said:
 * what it lacks, and what it names that no sentence is told, would come to
 * light only where it is read.
 */
#ifndef LKV_STUDY_TEXT_HELD_H
#define LKV_STUDY_TEXT_HELD_H

#include <stdbool.h>

#include "base/diag.h"
#include "study/yaml.h"

/* Whether each sentence of MODEL is in ROOT too (unless only SOME of them are
 * wanted), and none of ROOT names an argument that the same one of MODEL does
 * not. Each fault is reported at its line in ROOT's file. Both are whole trees
 * of catalogues; sentences that cannot be read are somebody else's to report.
 */
bool lkv_text_held(const lkv_node *root, const lkv_node *model, bool some,
                   lkv_diag *diag);

#endif
