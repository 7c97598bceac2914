/* An audit of what one or several runs have published, from their proof files
 * alone.
 */
#ifndef LKV_AUDIT_AUDIT_H
#define LKV_AUDIT_AUDIT_H

#include "audit/attack.h"
#include "base/jobs.h"

/* Attacks every population of EVIDENCE on CREW's threads. NULL with a report
 * when some cells contradict each other, without one when CREW is stopped.
 */
lkv_findings *lkv_audit(const lkv_evidence *evidence,
                        const lkv_audit_rules *rules, lkv_crew crew,
                        lkv_diag *diag);

/* The findings of GRAVE. */
size_t lkv_audit_count(const lkv_findings *findings, lkv_grave grave);
/* Leaks, and what could not be settled, as people read them; g_free. */
char *lkv_audit_text(const lkv_findings *findings);
/* All findings: severity,kind,population,what,low,high,why,recipe; g_free. */
char *lkv_audit_csv(const lkv_findings *findings);
/* What was looked at and how, in a line; g_free. */
char *lkv_audit_summary(const lkv_evidence *evidence,
                        const lkv_findings *findings);

#endif
