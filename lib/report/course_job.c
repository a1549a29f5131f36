/* The page of a course as an edge of the graph makes it. */
#include "report/course_page.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/json.h"
#include "report/rows.h"

#include <stdlib.h>
#include <string.h>

static const json_t *find_fact(const json_t *facts, const char *source, const char *roi_id)
{
    size_t i;
    const json_t *fact;
    json_array_foreach(json_object_get(facts, "regions"), i, fact)
    {
        if (strcmp(json_get_text(fact, "source", ""), source) == 0 &&
            strcmp(json_get_text(fact, "roi_id", ""), roi_id) == 0)
            return fact;
    }
    return NULL;
}

/* The texts of a row outlive it in `texts`. */
static struct told_region told_of(const struct rows *row, const json_t *facts, json_t *texts)
{
    static const char *const names[] = {"segmentation_source", "roi_id", "roi_name",
                                        "roi_original_name",   "state",  "reason"};
    const char *text[6];
    for (int i = 0; i < 6; i++) {
        json_t *kept = json_text(rows_get(row, names[i]));
        json_array_append_new(texts, kept);
        text[i] = json_string_value(kept);
    }
    return (struct told_region){.source = text[0],
                                .roi_id = text[1],
                                .name = text[2],
                                .original_name = text[3],
                                .state = text[4],
                                .reason = text[5],
                                .fact = find_fact(facts, text[0], text[1])};
}

bool course_page_of_job(const json_t *job, const char *out, struct err *e)
{
    json_t *facts = json_read(json_get_text(job, "facts", ""), e), *texts = json_array();
    struct rows rows = {0};
    struct told_region *region = NULL;
    struct html page = {{0}};
    bool ok = facts && rows_open(&rows, json_get_text(job, "status", ""), e);
    struct told_course c = {.title = json_get_text(job, "title", ""),
                            .modality = json_get_text(job, "modality", ""),
                            .back = json_get_text(job, "back", NULL),
                            .before = json_get_text(job, "before", NULL),
                            .behind = json_get_text(job, "behind", NULL),
                            .pictures = json_get_text(job, "pictures", ""),
                            .facts = facts};
    while (ok && rows_next(&rows)) {
        region = mem_grow(region, c.n + 1, sizeof *region);
        region[c.n++] = told_of(&rows, facts, texts);
    }
    c.region = region;
    if (ok) {
        course_page(&c, &page);
        char *folder = path_dir(out);
        ok = make_folders(folder, e) && out_write(out, page.out.text, page.out.len, true, e);
        free(folder);
    }
    str_free(&page.out);
    free(region);
    rows_close(&rows);
    json_decref(texts);
    json_decref(facts);
    return ok;
}
