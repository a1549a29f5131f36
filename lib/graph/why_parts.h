/* The chain from a product back to its inputs: lines, and the parts that several products share.
 * `depth` indents a line below what it explains. */
#ifndef RADMILL_GRAPH_WHY_PARTS_H
#define RADMILL_GRAPH_WHY_PARTS_H

#include "graph/settings.h"
#include "names/pseudonym.h"

#include <jansson.h>
#include <limits.h>

struct why {
    char course[PATH_MAX]; /* "PATIENT/COURSE", or "." for a folder that is a course */
    struct run_settings settings;
    struct pseudonym_key key;
};

void why_line(int depth, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "WHAT NAME  sha1 DIGEST" of the file that lies at path. */
void why_file(int depth, const char *what, const char *name, const char *path);

/* The same for a product, by its path below the course. */
void why_product(const struct why *w, int depth, const char *rest);

/* "made by radfeat 0.2.0 DIGEST" */
void why_tool(int depth, const char *tool);

/* A file of the plan's for the course, by its name; NULL: there is none. json_decref. */
json_t *why_job(const struct why *w, const char *name);

/* The image, back to the files of its series. */
void why_image(const struct why *w, int depth);

/* A mask, back to its structure set, mask file, or recipe and sources. */
void why_mask(const struct why *w, int depth, const char *source, const char *roi_id);

#endif
