/* The chain from a product back to its DICOM series: inputs with digests, parameters, release. No
 * times and no host names, so that two equal runs print the same. */
#ifndef RADMILL_GRAPH_WHY_H
#define RADMILL_GRAPH_WHY_H

#include "base/err.h"

/* Finds the OUTDIR that `file` lies in, and prints. ERR_REFUSED: it is no product of a run. */
bool why_tell(const char *file, struct err *e);

#endif
