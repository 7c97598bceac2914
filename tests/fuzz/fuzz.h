/* What the fuzz targets share: input bytes as a file that has a path. */
#ifndef LKV_TESTS_FUZZ_H
#define LKV_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { FUZZ_PATH = 64 };

/* A file in memory that holds BYTES; its path goes to PATH. To be closed. */
static inline int fuzz_file(const void *bytes, size_t size,
                            char path[FUZZ_PATH])
{
    int file = memfd_create("fuzz", MFD_CLOEXEC);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size) {
        abort();
    }
    snprintf(path, FUZZ_PATH, "/proc/self/fd/%d", file);
    return file;
}

#endif
