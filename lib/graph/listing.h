/* Lists what a cohort contains before anything runs, from the manifest and the plan. */
#ifndef RADMILL_GRAPH_LISTING_H
#define RADMILL_GRAPH_LISTING_H

#include "base/err.h"

/* Prints patients, courses, regions by name with counts, and what would be left out, by reason. The
 * current folder is OUTDIR, and its graph was just written. */
bool listing_print(struct err *e);

#endif
