/* Questions for inquiry: rules on what is released. They ask; they do not judge,
 * and a hidden figure picks none.
 */
#ifndef LKV_REPORT_QUESTION_H
#define LKV_REPORT_QUESTION_H

#include "report/section.h"

/* The question, or no text where its rule does not call for it. */
typedef lkv_text lkv_question(const lkv_writing *writing);

#define LKV_QUESTION(name) lkv_question lkv_question_##name;
#include "report/questions.def"
#undef LKV_QUESTION

/* ---- what rules are made of ------------------------------------------------ */

/* The sentence KEY, and KEY about TOPIC. */
lkv_text lkv_question_plain(const lkv_writing *writing, const char *key);
lkv_text lkv_question_topic(const lkv_writing *writing, const char *key,
                            lkv_topic topic);
/* Topics of the section's figures: array of lkv_topic. */
GArray *lkv_question_headlines(const lkv_writing *writing);
/* Asks KEY of the first headline of which the figure WANTED, of any topic, lies
 * on SIDE of zero.
 */
lkv_text lkv_question_first_on(const lkv_writing *writing,
                               const lkv_wanted *wanted, lkv_zero_side side,
                               const char *key);

#endif
