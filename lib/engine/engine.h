/* The conductor: one case from its volumes to its values. The picture is the code:
 *
 *   rcase -> preprocess -> roi_view -> filters -> response -> discretise -> levels -> features
 *
 * No stage knows another; only this file knows them all. */
#ifndef RADMILL_ENGINE_ENGINE_H
#define RADMILL_ENGINE_ENGINE_H

#include "engine/load/load.h"
#include "engine/rows/result.h"

/* Loads, preprocesses and measures one case. ERR_REFUSED wherever the rules refuse it (mask check,
 * discretisation, ...): then no value is given at all, as in pyradiomics. *out is overwritten but
 * for its stopwatch; release it with result_free, also after an error. */
bool engine_run(const struct params *p, const struct load_request *request, struct result *out,
                int *dims, struct err *e);

/* The same for a case that is loaded; c is changed in place. */
bool engine_measure(const struct params *p, struct rcase *c, struct result *out, struct err *e);

#endif
