/* One sub-band of one level of the undecimated decomposition, plane by plane along z: what lies
 * between source and result is a handful of planes, which stay in the cache. Private to the wavelet
 * filter. */
#ifndef RADMILL_ENGINE_FILTERS_WAVELET_STREAM_H
#define RADMILL_ENGINE_FILTERS_WAVELET_STREAM_H

#include "engine/filters/wavelet_bank.h"
#include "engine/filters/wavelet_pass.h"

/* What a level starts from. Without data, planes are asked for: read fills plane->data, on
 * plane->span, with the plane of index z, which may lie outside of 0 .. period - 1. */
struct wavelet_source {
    struct cube cube;
    void (*read)(const void *from, int64_t z, const struct cube *plane);
    const void *from;
};

struct wavelet_stream {
    const struct wavelet *wavelet;
    const int *axis; /* filtered ones in their order, increasing; 0 = x */
    int n_axes;
    struct cube source, half; /* a plane: of the source, between x and y */
    struct cube ring;         /* planes that wait for their neighbours in z */
    struct cube result;       /* planes before widening */
    void *line;
};

/* For sources no larger than `largest`; wavelet and axis are borrowed. ERR_FAILED: memory. Closed
 * also after an error. */
bool wavelet_stream_open(struct wavelet_stream *s, const struct wavelet *wavelet, const int *axis,
                         int n_axes, const struct cube *largest, struct err *e);
void wavelet_stream_close(struct wavelet_stream *s);

/* Writes the sub-band on the spans of `out`: into out->data, in the source's precision, or where
 * that is NULL into value. Bit n_axes - 1 - k of code: 1 for the high-pass along the k-th axis. */
void wavelet_stream_band(const struct wavelet_stream *s, const struct wavelet_source *source,
                         unsigned code, const struct cube *out, double *value);

/* Whether two sub-bands that differ along the last axis only can be computed together: when that
 * axis is z. */
bool wavelet_stream_pairs(const struct wavelet_stream *s);

/* Writes the sub-bands code (even) and code + 1, on the spans of `out`, into low and high. */
void wavelet_stream_pair(const struct wavelet_stream *s, const struct wavelet_source *source,
                         unsigned code, const struct cube *out, double *low, double *high);

#endif
