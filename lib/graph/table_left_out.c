/* _RESULTS/left_out.csv: what the scan and the settings passed over, and why. */
#include "graph/tables.h"

#include "io/atomic.h"
#include "io/csv.h"
#include "io/json.h"

#include <string.h>

static const char *const columns[] = {"kind", "path",   "patient_id", "course_id",
                                      "name", "reason", NULL};

/* Labels of structure sets and names of files are free text, which may name a person. */
static void put_left_out(struct csv_row *line, const json_t *row, const char *column)
{
    static const char *const labelled[] = {"structure_set", "file", NULL};
    const char *kind = json_get_text(row, "kind", ""), *text = json_get_text(row, column, "");
    for (const char *const *k = labelled; *k; k++)
        if (strcmp(column, "name") == 0 && strcmp(kind, *k) == 0)
            text = "";
    if (strcmp(column, "reason") == 0)
        tables_put_words(line, text);
    else
        csv_put(line, text);
}

bool tables_left_out(const char *job_path, const char *out, struct err *e)
{
    json_t *job = json_read(job_path, e);
    if (!job)
        return false;
    struct str text = {0};
    size_t i;
    const json_t *row;
    struct csv_row header = csv_row_begin(&text);
    csv_put_names(&header, columns);
    csv_row_end(&header);
    json_array_foreach(json_object_get(job, "left_out"), i, row)
    {
        struct csv_row line = csv_row_begin(&text);
        for (const char *const *c = columns; *c; c++)
            put_left_out(&line, row, *c);
        csv_row_end(&line);
    }
    bool ok = out_write(out, text.text, text.len, true, e);
    str_free(&text);
    json_decref(job);
    return ok;
}
