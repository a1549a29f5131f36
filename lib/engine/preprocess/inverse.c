#include "engine/preprocess/inverse.h"

#include "engine/preprocess/svd.h"

bool inverse_by_svd(const double m[INVERSE_MAX][INVERSE_MAX], int n,
                    double inverse[INVERSE_MAX][INVERSE_MAX])
{
    struct svd d = {.n = n};
    for (int r = 0; r < n; r++)
        for (int c = 0; c < n; c++)
            d.x[c][r] = m[r][c];
    if (!svd_decompose(&d))
        return false;
    for (int k = 0; k < n; k++)
        if (!(d.s[k] > 0))
            return false;
    for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
            inverse[r][c] = 0;
            for (int k = 0; k < n; k++)
                inverse[r][c] += (d.v[k][r] * (1 / d.s[k])) * d.u[k][c];
        }
    }
    return true;
}
