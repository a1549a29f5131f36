/* The conductor: one case from its volumes to its values. The picture is the code:
 *
 *   rcase -> preprocess -> roi_view -> filters -> response -> discretise -> levels -> features
 *
 * No stage knows another; only this file and voxel mode know them all. Nothing here reads or writes
 * files, prints or ends the process. */
#ifndef RADMILL_ENGINE_ENGINE_H
#define RADMILL_ENGINE_ENGINE_H

#include "engine/load/rcase.h"
#include "engine/result/result.h"

/* Prepares *out for a case: with the place for snapshots when p asks for diagnostics. Its stopwatch
 * and observer stay. ERR_FAILED without memory. */
bool engine_begin(const struct params *p, struct result *out, struct err *e);

/* Preprocesses and measures one loaded case, which is changed in place. ERR_REFUSED wherever the
 * rules refuse it (mask check, discretisation, ...): then no value is given at all, as in
 * pyradiomics. ERR_INTERRUPTED when the observer says so. Release *out with result_free, also after
 * an error. */
bool engine_measure(const struct params *p, struct rcase *c, struct result *out, struct err *e);

/* struct surroundings: what the filters and families of struct params *of read around a ROI. */
void engine_surroundings(const void *of, const struct grid *g, int64_t voxels[3]);

#endif
