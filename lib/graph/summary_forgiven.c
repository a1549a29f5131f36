#include "graph/summary_forgiven.h"

#include "graph/progress.h"
#include "io/json.h"

#include <stdbool.h>
#include <stddef.h>

/* Regions of a course whose set needed forgiveness (structure_sets[].rois[].notes). */
static size_t count_regions(const json_t *course)
{
    size_t n = 0, i, k;
    const json_t *set, *roi;
    json_array_foreach(json_object_get(course, "structure_sets"), i, set)
    {
        json_array_foreach(json_object_get(set, "rois"), k, roi)
        {
            n += json_array_size(json_object_get(roi, "notes")) > 0;
        }
    }
    return n;
}

void summary_print_forgiven(const char *manifest)
{
    struct err ignored = {0};
    json_t *root = manifest ? json_read(manifest, &ignored) : NULL;
    size_t regions = 0, images = 0, i;
    const json_t *course;
    json_array_foreach(json_object_get(root, "courses"), i, course)
    {
        regions += count_regions(course);
        images += json_is_true(json_object_get(course, "forgiven"));
    }
    json_decref(root);
    if (regions || images)
        say("  forgiven: %zu region%s and %zu image%s (notes in masks.json and image.json)\n",
            regions, regions == 1 ? "" : "s", images, images == 1 ? "" : "s");
}
