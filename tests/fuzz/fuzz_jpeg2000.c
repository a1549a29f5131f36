/* JPEG 2000, through the plugin, and nothing else: the other syntaxes would take its executions. */
#include "fuzz.h"

#include "course/series.h"

#include <string.h>

static void use(const struct series *s)
{
    static const char family[] = "1.2.840.10008.1.2.4.9"; /* .90 to .93 */
    if (strncmp(s->file[0]->header.text[DICOM_TRANSFER_SYNTAX], family, strlen(family)) == 0)
        fuzz_assemble(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    fuzz_series(fuzz_file(data, n), use);
    return 0;
}
