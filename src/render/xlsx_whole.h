/* Whether a workbook has lost nothing on its way to the disk.
 *
 * libxlsxwriter writes the parts of a book to files of its own and packs those,
 * without a look at whether each write went well: on a full or failing disk a
 * piece would be missing in the middle, and the book still open.
 */
#ifndef LKV_RENDER_XLSX_WHOLE_H
#define LKV_RENDER_XLSX_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/* A sheet, by the order in the book, has ROWS[i] bytes of rows. True if every
 * part of the book unpacks to what its checksum says, each sheet to its end
 * with just so many bytes of rows, and each other part to sound XML.
 */
typedef struct lkv_book_parts {
    const size_t *rows;
    size_t sheets;
} lkv_book_parts;
bool lkv_book_whole(const unsigned char *bytes, size_t size,
                    lkv_book_parts parts);

#endif
