/* The chain from a product back to its DICOM series: inputs with digests, parameters, release. No
 * clock and no host: two runs that made the same tell the same. */
#ifndef RADMILL_GRAPH_WHY_H
#define RADMILL_GRAPH_WHY_H

#include "base/err.h"

/* Finds the OUTDIR that `file` lies in, and prints. ERR_REFUSED: it is no product of a run. */
bool why_tell(const char *file, struct err *e);

#endif
