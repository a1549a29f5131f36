/* Tables of rows, as featmerge unites them. Bytes of 0xff part the input into several files. */
#include "fuzz.h"

#include "table/table.h"

#include <stdlib.h>
#include <string.h>

static bool add_all(struct table *t, const uint8_t *data, size_t n, struct err *e)
{
    const uint8_t *end = data + n;
    for (;;) {
        const uint8_t *cut = n ? memchr(data, 0xff, (size_t)(end - data)) : NULL;
        const uint8_t *stop = cut ? cut : end;
        if (!table_add(t, fuzz_file(data, (size_t)(stop - data)), e))
            return false;
        if (!cut)
            return table_finish(t, e);
        data = cut + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct table table = {0};
    struct err e = {0};
    struct str_list cells = {0};
    if (!add_all(&table, data, n, &e) && (e.code != ERR_REFUSED || !e.text[0]))
        abort(); /* a refusal must have a reason */
    for (size_t i = 0; e.code == ERR_NONE && i < table.rows; i++) {
        table_cells(&table, i, &cells);
        if (cells.n != table.columns.n)
            abort();
    }
    str_list_free(&cells);
    table_free(&table);
    return 0;
}
