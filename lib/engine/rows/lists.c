#include "engine/rows/lists.h"

#include "engine/params/catalogue.h"
#include "io/csv.h"

#include <string.h>

static void put(struct csv_row *row, const char *text)
{
    csv_put(row, text ? text : "");
}

static bool put_feature(size_t i, struct csv_row *row)
{
    struct catalogue_feature f;
    char text[CATALOGUE_TEXT];
    if (!catalogue_feature_at(i, &f))
        return false;
    put(row, f.profile->name);
    put(row, f.family->name);
    put(row, f.feature->name);
    put(row, f.feature->ibsi_code);
    put(row, catalogue_aggregations(f.family->aggregates, text));
    put(row, f.feature->unit);
    put(row, catalogue_status(f.feature->status));
    return true;
}

static bool put_filter(size_t i, struct csv_row *row)
{
    struct catalogue_filter f;
    struct str keys = {0};
    if (!catalogue_filter_at(i, &f))
        return false;
    for (const struct key *k = f.filter->keys; k && k->name; k++)
        str_addf(&keys, "%s%s", keys.len ? " " : "", k->name);
    put(row, f.profile->name);
    put(row, f.filter->name);
    put(row, str_text(&keys));
    put(row, f.filter->summary);
    str_free(&keys);
    return true;
}

static bool put_setting(size_t i, struct csv_row *row)
{
    struct catalogue_setting s;
    char type[CATALOGUE_TEXT * 2];
    if (!catalogue_setting_at(i, &s))
        return false;
    put(row, s.profile->name);
    put(row, s.filter ? s.filter->name : s.key->voxel ? "voxel mode" : "");
    put(row, s.key->name);
    put(row, catalogue_type(s.key, type));
    put(row, s.key->fallback);
    put(row, s.key->summary);
    return true;
}

static bool put_preset(size_t i, struct csv_row *row)
{
    struct catalogue_preset p;
    if (!catalogue_preset_at(i, &p))
        return false;
    put(row, p.profile->name);
    put(row, p.preset->name);
    put(row, p.preset->summary);
    return true;
}

static const struct {
    const char *name;
    const char *const column[8];                /* NULL-terminated */
    bool (*put)(size_t i, struct csv_row *row); /* false behind the last row */
} lists[] = {
    {"features",
     {"profile", "class", "feature", "ibsi_code", "aggregations", "unit", "status"},
     put_feature},
    {"filters", {"profile", "filter", "settings", "summary"}, put_filter},
    {"settings", {"profile", "of", "setting", "type", "default", "summary"}, put_setting},
    {"presets", {"profile", "preset", "summary"}, put_preset},
};
enum { N_LISTS = sizeof lists / sizeof *lists };

bool list_write(const char *name, struct str *out, struct err *e)
{
    char names[120] = "";
    for (int l = 0; l < N_LISTS; l++) {
        strcat(strcat(names, l ? ", " : ""), lists[l].name);
        if (strcmp(lists[l].name, name) != 0)
            continue;
        struct csv_row row = csv_row_begin(out);
        csv_put_names(&row, lists[l].column);
        csv_row_end(&row);
        for (size_t i = 0;; i++) {
            size_t before = out->len;
            row = csv_row_begin(out);
            if (!lists[l].put(i, &row)) {
                out->len = before;
                return true;
            }
            csv_row_end(&row);
        }
    }
    return err_set(e, ERR_USAGE, "--list %.40s: there are %s", name, names);
}
