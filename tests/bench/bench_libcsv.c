/* The yardstick of reading: libcsv alone over every byte of the files, which
 * must be read once by whoever reads CSV. Prints "PATH ROWS FIELDS" a file.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <csv.h>

enum { BLOCK = 64 * 1024 };

struct count {
    long rows, fields;
};

static void take_field(void *bytes, size_t length, void *context)
{
    (void)bytes;
    (void)length;
    ((struct count *)context)->fields++;
}

static void take_row(int end, void *context)
{
    (void)end;
    ((struct count *)context)->rows++;
}

static int read_file(const char *path, char *block)
{
    struct csv_parser parser;
    struct count count = {0, 0};
    int file = open(path, O_RDONLY);
    if (file < 0 || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        perror(path);
        return EXIT_FAILURE;
    }
    csv_set_delim(&parser, ';');
    ssize_t got = 0;
    while ((got = read(file, block, BLOCK)) > 0) {
        if (csv_parse(&parser, block, (size_t)got, take_field, take_row,
                      &count) != (size_t)got) {
            fprintf(stderr, "%s: %s\n", path, csv_strerror(csv_error(&parser)));
            return EXIT_FAILURE;
        }
    }
    csv_fini(&parser, take_field, take_row, &count);
    csv_free(&parser);
    close(file);
    printf("%s %ld %ld\n", path, count.rows, count.fields);
    return got < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int count, char **paths)
{
    char *block = malloc(BLOCK);
    int code = block ? EXIT_SUCCESS : EXIT_FAILURE;
    for (int i = 1; i < count && code == EXIT_SUCCESS; i++) {
        code = read_file(paths[i], block);
    }
    free(block);
    return code;
}
