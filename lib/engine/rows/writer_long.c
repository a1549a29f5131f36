/* Long CSV: one line per value, or per map. */
#include "base/num.h"
#include "engine/rows/unite.h"
#include "io/csv.h"

#include <math.h>

const char *const row_long_columns[] = {"image", "class", "feature", "ibsi_code", "aggregation",
                                        "value", "unit",  "reason",  NULL};
static const char *const map_columns[] = {"feature", "map", NULL};

/* The names or the values of the case's own columns. */
static void put_prefix(struct csv_row *row, const struct case_row *r, bool names)
{
    for (size_t i = 0; r->prefix && i < r->prefix->n; i++)
        csv_put(row, names ? r->prefix->name[i] : r->prefix->value[i]);
}

static void long_header(const struct case_row *r, struct str *out)
{
    struct csv_row row = csv_row_begin(out);
    if (!r->maps)
        put_prefix(&row, r, true);
    csv_put_names(&row, r->maps ? map_columns : row_long_columns);
    csv_row_end(&row);
}

static void put_value(const struct case_row *r, const struct result_value *v, struct str *out)
{
    struct csv_row row = csv_row_begin(out);
    const struct feature *f = v->feature;
    char text[NUM_TEXT] = "";
    put_prefix(&row, r, false);
    if (!v->value.absent && !isnan(v->value.value))
        num_format(v->value.value, text);
    csv_put(&row, v->image);
    csv_put(&row, v->family->name);
    csv_put(&row, f->name);
    csv_put(&row, f->ibsi_code ? f->ibsi_code : "");
    csv_put(&row, v->aggregation);
    csv_put(&row, text);
    csv_put(&row, f->unit ? f->unit : "");
    csv_put(&row, v->value.reason ? v->value.reason : "");
    csv_row_end(&row);
}

static void long_case(const struct case_row *r, struct str *out)
{
    for (size_t i = 0; r->result && i < r->result->n; i++)
        put_value(r, &r->result->item[i], out);
    for (size_t i = r->first_value; r->maps && i < r->name.n; i++) {
        struct csv_row row = csv_row_begin(out);
        csv_put(&row, r->name.item[i]);
        csv_put(&row, r->text.item[i]);
        csv_row_end(&row);
    }
}

/* Every output begins with the same header (its fields may hold line ends): it is printed once. */
static void long_unite_print(const struct unite *u, struct str *out)
{
    struct str_list header = {0};
    for (size_t r = 0; r < u->n; r++) {
        const char *text = u->row[r].item[0];
        if (r)
            csv_record(&text, &header);
        str_add(out, text);
    }
    str_list_free(&header);
}

const struct row_writer writer_long = {
    .name = "long",
    .summary = "one line per value",
    .header = long_header,
    .record = long_case,
    .unite_header = unite_keep_text,
    .unite_text = unite_keep_text,
    .unite_print = long_unite_print,
};
