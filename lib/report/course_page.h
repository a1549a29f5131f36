/* The page of a course: a contact sheet of its regions, and what is said of each. */
#ifndef RADMILL_REPORT_COURSE_PAGE_H
#define RADMILL_REPORT_COURSE_PAGE_H

#include "report/html.h"

#include <jansson.h>

/* A region as a page tells of it. */
struct told_region {
    const char *source, *roi_id, *name, *original_name, *state,
        *reason;        /* "" where nothing is said */
    const json_t *fact; /* report/pictures.h; NULL: no picture */
};

struct told_course {
    const char *title;    /* "P1, CT-3f2a91" or a file's name */
    const char *modality; /* may be "" */
    const char *back;     /* path of the cohort's page; NULL: none */
    const char *pictures; /* folder that the pictures lie in, relative to the page, with a slash;
                             "": pictures are data of the page */
    const json_t *facts;
    const struct told_region *region;
    size_t n;
    const char *before, *behind; /* pages of the courses beside this one; NULL: none */
};

void course_page(const struct told_course *c, struct html *h);

/* By a job of the graph: inputs/P/C/page.json: {"title", "modality", "back", "before",
 * "behind", "pictures", "facts", "status"}, the last two paths of files. ERR_FAILED, ERR_REFUSED.
 */
bool course_page_of_job(const json_t *job, const char *out, struct err *e);

/* The anchor of a region on its page: "r-" source "-" id. */
void course_anchor(struct str *out, const char *source, const char *roi_id);

#endif
