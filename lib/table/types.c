/* Which columns are numbers, for formats that tell them from text. */
#include "table/parts.h"

#include "base/mem.h"
#include "base/num.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Names are never numbers, even where all of them look like it ("007"). */
static const char *const text_columns[] = {
    "roi_name", "roi_original_name", "course_dir", "name", "path", "reason", "log", NULL};
static const char *const text_endings[] = {"_id", "_uid", NULL};

static bool is_text_column(const char *name)
{
    for (const char *const *known = text_columns; *known; known++)
        if (strcmp(name, *known) == 0)
            return true;
    for (const char *const *ending = text_endings; *ending; ending++)
        if (str_ends_with(name, *ending))
            return true;
    return false;
}

/* Would the text be the same after conversion to a number and back? Not 007, +5, nor an integer of
 * more digits than a double holds: those are names written with digits. */
static bool is_written_as_number(const char *text)
{
    enum { DIGITS_OF_A_DOUBLE = 15 };
    const char *at = text + (*text == '-');
    size_t whole = strspn(at, "0123456789");
    return isdigit((unsigned char)*at) && (whole == 1 || *at != '0') &&
           (at[whole] || whole <= DIGITS_OF_A_DOUBLE);
}

bool table_is_number(const char *text, double *value)
{
    return is_written_as_number(text) && num_parse_double(text, value) && isfinite(*value);
}

bool *table_numeric(const struct table *t)
{
    bool *numeric = mem_must(calloc(t->columns.n + 1, sizeof *numeric));
    for (size_t c = 0; c < t->columns.n; c++)
        numeric[c] = !is_text_column(t->columns.item[c]);
    struct str_list cells = {0};
    for (size_t r = 0; r < t->rows; r++) {
        double value;
        table_cells(t, r, &cells);
        for (size_t c = 0; c < cells.n; c++)
            numeric[c] =
                numeric[c] && (!cells.item[c][0] || table_is_number(cells.item[c], &value));
    }
    str_list_free(&cells);
    return numeric;
}
