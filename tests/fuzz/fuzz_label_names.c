/* Names of labels: Caret XML, and the header of a 3D Slicer NRRD. */
#include "fuzz.h"

#include "masks/label_names.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct label_names names = {0};
    char *text = malloc(n + 1);
    if (!text)
        return 0;
    memcpy(text, data, n);
    text[n] = '\0';
    label_names_caret(text, &names);
    label_names_slicer(text, &names);
    free(text);
    label_names_free(&names);
    return 0;
}
