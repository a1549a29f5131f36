/* Tables of rows, as featmerge unites and joins them. Bytes of 0xff part the input into several
 * files; the first of them is joined to the whole by its first column. */
#include "fuzz.h"

#include "base/log.h"
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

/* Whatever was joined, a row has as many cells as there are columns. */
static void check_cells(const struct table *table)
{
    struct str_list cells = {0};
    for (size_t i = 0; i < table->rows; i++) {
        table_cells(table, i, &cells);
        if (cells.n != table->columns.n)
            abort();
    }
    str_list_free(&cells);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct table table = {0};
    struct err e = {0};
    struct str_list on = {0};
    log_set_level(LOG_ERROR);
    if (!add_all(&table, data, n, &e) && (e.code != ERR_REFUSED || !e.text[0]))
        abort(); /* a refusal must have a reason */
    if (e.code == ERR_NONE) {
        check_cells(&table);
        const uint8_t *cut = n ? memchr(data, 0xff, n) : NULL;
        str_list_add(&on, table.columns.n ? table.columns.item[0] : "");
        table.allow = TABLE_ALLOW_COLUMNS;
        if (table_join(&table, fuzz_file(data, cut ? (size_t)(cut - data) : n), &on, &e))
            check_cells(&table);
        else if (!e.text[0])
            abort();
    }
    str_list_free(&on);
    table_free(&table);
    return 0;
}
