#include "fuzz.h"

#include "engine/result/columns.h"

#include <stdlib.h>
#include <string.h>

/* A parameter file, and the columns that follow from it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *text = malloc(n + 1);
    if (!text)
        abort();
    memcpy(text, data, n);
    text[n] = '\0';
    const struct params_source source = {.text = text};
    struct params *p;
    struct err e = {0};
    struct columns columns = {0};
    if (params_create(&source, &p, &e)) {
        if (p->n_image_types < 1 || !p->settings_text)
            abort();
        columns_create(p, 3, &columns, &e);
        params_destroy(p);
    } else if (!e.text[0]) {
        abort();
    }
    columns_free(&columns);
    free(text);
    return 0;
}
