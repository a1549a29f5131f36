/* A volume: a grid and its voxels in one of the pixel types of the files we read; x fastest.
 * A mask is a volume of any integer type; masks that radmill writes are PIXEL_U8 with 0 and 1. */
#ifndef RADMILL_VOL_VOLUME_H
#define RADMILL_VOL_VOLUME_H

#include "base/err.h"
#include "vol/grid.h"

enum pixel_type {
    PIXEL_U8,
    PIXEL_I8,
    PIXEL_U16,
    PIXEL_I16,
    PIXEL_U32,
    PIXEL_I32,
    PIXEL_U64,
    PIXEL_I64,
    PIXEL_F32,
    PIXEL_F64,
};
enum { PIXEL_TYPES = 10 };

struct volume {
    struct grid grid;
    enum pixel_type type;
    int channels; /* components per voxel, interleaved; 1 for every image, >= 1 for a mask */
    void *data; /* grid_voxels * channels elements; native byte order; may be a read-only mapping */

    bool borrowed; /* data is somebody else's: never written to, never released */

    /* how `data` is released, private to volume.c and the readers */
    void *mapping;
    size_t mapping_bytes;
};

size_t pixel_size(enum pixel_type type);      /* bytes */
const char *pixel_name(enum pixel_type type); /* "uint8", "float32", ... as NumPy spells them */
bool pixel_is_float(enum pixel_type type);
/* Smallest and largest value that an integer type holds (as double; exact up to 32 bits). */
void pixel_range(enum pixel_type type, double *lo, double *hi);

/* Fresh zeroed voxels. v is overwritten; release with volume_free. */
bool volume_alloc(struct volume *v, const struct grid *g, enum pixel_type type, struct err *e);
void volume_free(struct volume *v); /* zeroed v is fine; leaves it zeroed */

/* Element i (of channel 0 when channels is 1) as double; 64-bit integers round. */
double volume_get(const struct volume *v, int64_t i);

/* Copies a box to doubles, out[box_voxels(b)], x fastest. The box lies inside v; channels is 1. */
void volume_read_box(const struct volume *v, const struct box *b, double *out);

/* Stores value[0..n) as elements from, from + 1, .. : clamped to the range of the pixel type and,
 * for integers, cut off towards zero as a C cast does it. channels is 1. */
void volume_write(struct volume *v, int64_t from, int64_t n, const double *value);

#endif
