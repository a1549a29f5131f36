/* The inverse of a small matrix to the last bit as ITK has it (specification 0.3): through a
 * singular value decomposition, because nearest-neighbour ties are decided by that bit. */
#ifndef RADMILL_ENGINE_PREPROCESS_INVERSE_H
#define RADMILL_ENGINE_PREPROCESS_INVERSE_H

#include <stdbool.h>

enum { INVERSE_MAX = 3 };

/* inverse = V * diag(1 / w) * U^T for m = U * diag(w) * V^T; both row-major with rows of
 * INVERSE_MAX, of which the first n rows and columns count. false when m is singular or the
 * iteration does not converge. */
bool inverse_by_svd(const double m[INVERSE_MAX][INVERSE_MAX], int n,
                    double inverse[INVERSE_MAX][INVERSE_MAX]);

#endif
