/* Order statistics without sorting everything: a histogram finds the few bins that hold the wanted
 * ranks, and only their values are looked at again. */
#ifndef RADMILL_ENGINE_FEATURES_SELECT_H
#define RADMILL_ENGINE_FEATURES_SELECT_H

#include "base/err.h"

#include <stdint.h>

enum { SELECT_MAX_RANKS = 16 };

/* out[i] = the value of x[0..n) that has rank[i] (0-based) in ascending order; exact.
 * x     n >= 1 finite values      rank  n_ranks <= SELECT_MAX_RANKS, each in [0, n), any order
 * error ERR_FAILED: no memory */
bool select_ranks(const double *x, int64_t n, const int64_t *rank, int n_ranks, double *out,
                  struct err *e);

#endif
