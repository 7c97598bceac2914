/* What lies in the folder of reports. */
#ifndef LKV_STUDY_FOLDER_H
#define LKV_STUDY_FOLDER_H

/* Names of the .yml files in the folder SUB of the reports folder, without
 * the ending, sorted by bytes; g_strfreev.
 */
char **lkv_reports_names(const char *sub);
/* The file SUB/NAME.yml there; NULL when there is none. g_free. */
char *lkv_reports_file(const char *sub, const char *name);

#endif
