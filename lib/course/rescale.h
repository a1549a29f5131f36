/* Stored planes to the voxels of a volume: rescale, convert, and keep statistics of the results. */
#ifndef RADMILL_COURSE_RESCALE_H
#define RADMILL_COURSE_RESCALE_H

#include "shim/dicom_header.h"
#include "vol/volume.h"

/* Statistics of the values so far. Start with rescale_tally(). */
struct tally {
    double minimum, maximum;
    int64_t whole_sum; /* of integer volumes: exact */
    double sum, lost;  /* of real ones (base/sum.h) */
    int64_t n;
};

struct tally rescale_tally(void);
double tally_mean(const struct tally *t);

/* n stored samples of file h (dicom_pixels_frame) as slope * stored + intercept, both whole numbers
 * up to 1e9, in type PIXEL_I16 or PIXEL_I32. false, with `out` undefined: a value does not fit.
 * `out` may be `raw` where samples and voxels are of one size; so in rescale_reals. */
bool rescale_integers(const struct dicom_header *h, const void *raw, size_t n, double slope,
                      double intercept, enum pixel_type type, void *out, struct tally *t);

/* As (slope * stored + intercept) * factor, formed in double, in type PIXEL_F32 or PIXEL_F64.
 * false: a value that is no finite number. */
bool rescale_reals(const struct dicom_header *h, const void *raw, size_t n, double slope,
                   double intercept, double factor, enum pixel_type type, void *out,
                   struct tally *t);

/* The mean of two planes of n values of a type, as a plane of that type; integers to the nearest
 * one, halves to the even one. */
void rescale_mean(const void *a, const void *b, size_t n, enum pixel_type type, void *out,
                  struct tally *t);

#endif
