/* Delimiter, header and last row of a CSV file. */
#ifndef LKV_INGEST_DIALECT_H
#define LKV_INGEST_DIALECT_H

#include "base/diag.h"
#include "ingest/record.h"
#include "ingest/scan.h"
#include "study/study.h"

/* The delimiter: as a first line "sep=;" says, as the study says, or as found
 * by how well it parts the first rows like the header. 0 with a report when
 * none parts them, or the study says another.
 */
char lkv_dialect_delimiter(const lkv_scan *scan, const lkv_input *input,
                           lkv_diag *diag);

/* The bytes of the header row, behind a "sep=" line and the preamble that the
 * study names; LINES counts the line ends before it.
 */
lkv_range lkv_dialect_header(const lkv_scan *scan, const lkv_input *input);

/* Where rows end: before the note lines that the study names. */
size_t lkv_dialect_end(const lkv_scan *scan, const lkv_input *input);

#endif
