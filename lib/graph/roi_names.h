/* ROI_NAMES: standard names for regions, by patterns on their original names.
 *
 *     GTV: [gtv*, "tumor*"]
 *     Lung_L:
 *       - lung l*
 *       - left lung
 *
 * When several standard names match a region, one that spells its name out wins over one that
 * matches by a pattern; two of the same kind are ambiguous. */
#ifndef RADMILL_GRAPH_ROI_NAMES_H
#define RADMILL_GRAPH_ROI_NAMES_H

#include "base/err.h"
#include "base/str.h"

struct roi_names {
    struct roi_name {
        char *name; /* standard */
        struct str_list patterns;
    } * item;
    size_t n;
};

/* ERR_REFUSED with file and line: anything but a mapping of names to lists of patterns, an empty
 * name or pattern, one that holds a line end, a name that is there twice (case ignored). */
bool roi_names_load(const char *path, struct roi_names *out, struct err *e);
bool roi_names_parse(const char *bytes, size_t n, const char *path, struct roi_names *out,
                     struct err *e);
void roi_names_free(struct roi_names *names);

/* The standard name of a region. NULL: no pattern matches, or two names match equally well; *other
 * is then the second one, else NULL. Borrowed. */
const char *roi_names_find(const struct roi_names *names, const char *original, const char **other);

#endif
