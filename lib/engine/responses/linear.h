/* The filters of IBSI 2 that are separable, as functions: image in, response out.
 * All take distances in voxels or, where the name says so, in millimetres; all give the response
 * on `wanted`, a box inside the image, and release *out with patch_free.
 * ERR_REFUSED: a kernel longer than KERNEL_MAX; ERR_FAILED: no memory. */
#ifndef RADMILL_ENGINE_RESPONSES_LINEAR_H
#define RADMILL_ENGINE_RESPONSES_LINEAR_H

#include "engine/responses/separable.h"

/* Mean filter (S60F): the mean of a square or cube of `support` voxels, odd. */
bool mean_response(const struct source *s, int support, const struct box *wanted, struct patch *out,
                   struct err *e);

/* Laplacian of Gaussian (L6PA): kernel cut at the cube of floor(cutoff * sigma + 1/2) voxels. */
bool log_response(const struct source *s, double sigma_mm, double cutoff, const struct box *wanted,
                  struct patch *out, struct err *e);

/* Laws kernels (JTXT), "L5", "E3", ... by axis x, y, z, of unit length; NULL ends the table. */
struct laws_kernel {
    const char *name;
    int n;
    double weight[5];
};
extern const struct laws_kernel laws_kernels[];

struct laws {
    int kernel[3];        /* rows of laws_kernels[], for x, y, z */
    bool rotations;       /* pooled over the rotations of the axes */
    enum pooling pooling; /* with rotations */
    int energy_distance;  /* > 0: mean of the absolute response over a cube of
                           * 2 * distance + 1 voxels (PQSD); 0: the response itself */
};
bool laws_response(const struct source *s, const struct laws *laws, const struct box *wanted,
                   struct patch *out, struct err *e);

/* Separable wavelets, undecimated (25BO): the high or low pass of each axis at `level`, the low
 * passes of all axes at the levels before, with zeros between the weights ("à trous"). */
struct separable_wavelet {
    int n; /* weights of the decomposition filters */
    const double *low, *high;
    bool high_pass[3]; /* x, y, z */
    int level;         /* 1..SEPARABLE_LEVELS */
    bool rotations;
    enum pooling pooling;
};
bool wavelet_response(const struct source *s, const struct separable_wavelet *w,
                      const struct box *wanted, struct patch *out, struct err *e);

#endif
