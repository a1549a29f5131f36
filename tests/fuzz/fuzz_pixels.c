/* Pixel data of every transfer syntax, to a volume in memory. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    fuzz_series(fuzz_file(data, n), fuzz_assemble);
    return 0;
}
