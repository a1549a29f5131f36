/* voldiff A B [TOLERANCE]: are two NIfTI volumes the same on the same grid? Says how many voxels
 * differ and by how much; exit 0 same, 1 different, 3 unreadable. Masks count as equal by 0 and
 * not 0 when TOLERANCE is "mask". */
#include "base/num.h"
#include "io/nii.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static bool read_both(char **path, struct volume v[2])
{
    for (int i = 0; i < 2; i++) {
        struct err e = {0};
        if (!nii_read(path[i], &v[i], &e)) {
            fprintf(stderr, "voldiff: %s\n", e.text);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    struct volume v[2] = {0};
    double tolerance = 0, worst = 0;
    bool as_masks = argc == 4 && strcmp(argv[3], "mask") == 0;
    if (argc < 3 || argc > 4 || (argc == 4 && !as_masks && !num_parse_double(argv[3], &tolerance)))
        return fputs("usage: voldiff A B [TOLERANCE|mask]\n", stderr), 2;
    if (!read_both(argv + 1, v))
        return 3;
    if (!grid_same(&v[0].grid, &v[1].grid, 1e-3))
        return puts("different grids"), 1;
    int64_t n = grid_voxels(&v[0].grid), different = 0, inside[2] = {0, 0};
    for (int64_t i = 0; i < n; i++) {
        double a = volume_get(&v[0], i), b = volume_get(&v[1], i);
        inside[0] += a != 0;
        inside[1] += b != 0;
        if (as_masks)
            a = a != 0, b = b != 0;
        different += !(fabs(a - b) <= tolerance);
        worst = fmax(worst, fabs(a - b));
    }
    printf("%" PRId64 " of %" PRId64 " voxels differ, at most by %g; not zero: %" PRId64
           " and %" PRId64 "\n",
           different, n, worst, inside[0], inside[1]);
    volume_free(&v[0]);
    volume_free(&v[1]);
    return different > 0;
}
