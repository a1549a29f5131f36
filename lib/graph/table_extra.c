#include "graph/table_extra.h"

#include "io/json.h"

#include <string.h>

/* limits the depth of structures built from structures: a recipe has no circles, but a damaged list
 * may */
enum { DEEPEST = 64 };

static bool is_overridden(const json_t *masks, const json_t *mask, int depth);

/* "source/name" of an entry's sources. */
static bool source_is_overridden(const json_t *masks, const char *full, int depth)
{
    const char *source;
    json_t *list;
    json_object_foreach((json_t *)masks, source, list)
    {
        size_t n = strlen(source), i;
        const json_t *mask;
        if (strncmp(full, source, n) != 0 || full[n] != '/')
            continue;
        json_array_foreach(json_object_get(list, "masks"), i, mask)
        {
            if ((strcmp(json_get_text(mask, "name", ""), full + n + 1) == 0 ||
                 strcmp(json_get_text(mask, "roi_id", ""), full + n + 1) == 0) &&
                is_overridden(masks, mask, depth + 1))
                return true;
        }
    }
    return false;
}

/* True for regions in another frame of reference that were accepted because the user asked for it,
 * and for structures built from them. */
static bool is_overridden(const json_t *masks, const json_t *mask, int depth)
{
    size_t i;
    const json_t *source;
    if (json_is_true(json_object_get(mask, "frame_overridden")))
        return true;
    json_array_foreach(json_object_get(mask, "sources"), i, source)
    {
        const char *full = json_string_value(source);
        if (full && depth < DEEPEST && source_is_overridden(masks, full, depth))
            return true;
    }
    return false;
}

static const char *frame_overridden(const json_t *job, const json_t *masks, const json_t *mask)
{
    (void)job;
    return is_overridden(masks, mask, 0) ? "True" : "False";
}

/* Number of interpolated slices in the course's image. */
static const char *slices_interpolated(const json_t *job, const json_t *masks, const json_t *mask)
{
    (void)masks;
    (void)mask;
    return json_get_text(job, "slices_interpolated", "0");
}

static const struct {
    const char *column;
    enum setting setting;
    const char *(*value)(const json_t *job, const json_t *masks, const json_t *mask);
} extra[] = {
    {"frame_overridden", SET_ANY_FRAME, frame_overridden},
    {"slices_interpolated", SET_MISSING_SLICES, slices_interpolated},
};
enum { EXTRAS = sizeof extra / sizeof extra[0] };

void table_extra_columns(const struct run_settings *s, struct str_list *columns)
{
    for (int i = 0; i < EXTRAS; i++)
        if (settings_get(s, extra[i].setting))
            str_list_add(columns, extra[i].column);
}

static const char *value_of(const char *column, const json_t *job, const json_t *masks,
                            const json_t *mask)
{
    for (int i = 0; column && i < EXTRAS; i++)
        if (strcmp(extra[i].column, column) == 0)
            return extra[i].value(job, masks, mask);
    return "";
}

void table_extra_put_names(const json_t *job, struct csv_row *row)
{
    size_t i;
    const json_t *column;
    json_array_foreach(json_object_get(job, "extra"), i, column)
    {
        csv_put(row, json_is_string(column) ? json_string_value(column) : "");
    }
}

void table_extra_put(const json_t *job, const json_t *masks, const json_t *mask,
                     struct csv_row *row)
{
    size_t i;
    const json_t *column;
    json_array_foreach(json_object_get(job, "extra"), i, column)
    {
        csv_put(row, value_of(json_string_value(column), job, masks, mask));
    }
}
