/* The cohort's pages as an edge of the graph makes them. */
#include "report/cohort.h"

#include "io/atomic.h"

#include <stdlib.h>

static bool write_page(const struct html *h, const char *path, struct err *e)
{
    char *folder = path_dir(path);
    bool ok = make_folders(folder, e) && out_write(path, h->out.text, h->out.len, true, e);
    free(folder);
    return ok;
}

bool cohort_of_job(const json_t *job, const char *folder, const char *out, const char *regions,
                   struct err *e)
{
    struct cohort c;
    struct html page = {{0}}, list = {{0}};
    bool ok = cohort_read(&c, job, folder, e);
    if (ok) {
        cohort_page(&c, &page);
        cohort_regions_page(&c, &list);
        ok = write_page(&page, out, e) && write_page(&list, regions, e);
    }
    str_free(&page.out);
    str_free(&list.out);
    cohort_free(&c);
    return ok;
}
