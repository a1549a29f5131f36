/* Shared by the fuzz targets. A target is one file fuzz_<reader>.c that defines
 * LLVMFuzzerTestOneInput; `make fuzz` links it with libFuzzer, `make check` with replay.c, which
 * runs the committed corpus (seeds and every crash ever found). */
#ifndef RADMILL_TESTS_FUZZ_H
#define RADMILL_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The bytes as a file that can be opened by the returned path (in memory; overwritten by the next
 * call). */
const char *fuzz_file(const uint8_t *data, size_t n);

#endif
