/* Shared by the fuzz targets. A target is one file fuzz_<reader>.c that defines
 * LLVMFuzzerTestOneInput; `make fuzz` links it with libFuzzer, `make check` with replay.c, which
 * runs the committed corpus (seeds and every crash ever found). README.md tells how. */
#ifndef RADMILL_TESTS_FUZZ_H
#define RADMILL_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The bytes as a file that can be opened by the returned path (in memory; overwritten by the next
 * call). */
const char *fuzz_file(const uint8_t *data, size_t n);

/* The same as a file of this name in a folder of ours, for readers that go by names. */
const char *fuzz_named_file(const char *name, const uint8_t *data, size_t n);

/* Calls use() with the one-file series that a DICOM file makes, when it makes one. */
struct series;
void fuzz_series(const char *path, void (*use)(const struct series *));

/* Such a use: its volume in memory. */
void fuzz_assemble(const struct series *s);

#endif
