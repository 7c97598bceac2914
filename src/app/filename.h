/* File names of reports: safe on every disk, and never the raw code. */
#ifndef LKV_APP_FILENAME_H
#define LKV_APP_FILENAME_H

/* "12345678-fyrljusskolan.pdf" for code and name of a school; g_free. ASCII,
 * lower case. Two codes never give the same name, on no disk: digits stand for
 * themselves, capital letters are written small, every other byte is '_' and
 * its two hexadecimal digits; a very long code ends in its hash.
 */
char *lkv_filename_school(const char *code, const char *name);

#endif
