/* One JSON object, or an array of them. What a case has no value for is left out. */
#include "engine/rows/json_text.h"
#include "engine/rows/unite.h"

#include <string.h>

static void json_case(const struct case_row *r, struct str *out)
{
    struct json_object o = json_object_begin(out);
    for (size_t i = 0; i < r->name.n; i++)
        if (r->json.item[i][0])
            json_put(&o, r->name.item[i], r->json.item[i]);
    json_object_end(&o);
}

static void json_unite_cells(struct unite *u, const struct str_list *column,
                             const struct str_list *cell)
{
    struct str object = {0};
    struct json_object o = json_object_begin(&object);
    for (size_t i = 0; i < column->n; i++)
        json_put_text(&o, column->item[i], cell->item[i]);
    json_object_end(&o);
    unite_keep_text(u, object.text);
    str_free(&object);
}

static void json_unite_print(const struct unite *u, struct str *out)
{
    str_add(out, "[\n");
    for (size_t r = 0; r < u->n; r++) {
        const char *object = u->row[r].item[0];
        str_add_n(out, object, strlen(object) - (str_ends_with(object, "\n") ? 1 : 0));
        str_add(out, r + 1 < u->n ? ",\n" : "\n");
    }
    str_add(out, "]\n");
}

const struct row_writer writer_json = {
    .name = "json",
    .summary = "one object",
    .record = json_case,
    .unite_text = unite_keep_text,
    .unite_cells = json_unite_cells,
    .unite_print = json_unite_print,
};
