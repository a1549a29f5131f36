#include "engine/responses/gabor_slice.h"

#include "base/mem.h"
#include "base/simd.h"
#include "engine/signal/fft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = FFT_LANES };

/* Complex numbers; element i of lane j of strip s at [(s * length + i) * LANES + j]. */
struct strips {
    int64_t n, length;
    double *re, *im;
};

struct slice_filter {
    int64_t wanted[2], reach[2];
    int64_t n[2]; /* lengths of the transforms */
    struct fft *fft[2];
    int n_kernels;
    double **kernel;         /* of each its spectrum, as the real part of `spectrum` */
    bool *is_empty;          /* strip s of kernel k: [k * spectrum.n + s] */
    struct strips spectrum;  /* of columns */
    struct strips rows;      /* one on its way to the spectrum */
    struct strips column;    /* one on its way back */
    struct strips responses; /* of rows that are wanted */
    double *pooled;          /* the same, moduli */
};

/* Of all parts of a spectrum, those below this share of the largest are rounding. */
static const double least_share = 1e-16;

static bool strips_alloc(struct strips *s, int64_t lines, int64_t length, struct err *e)
{
    s->n = (lines + LANES - 1) / LANES;
    s->length = length;
    size_t all = (size_t)(s->n * length * LANES);
    s->re = mem_big(all, sizeof *s->re, e);
    s->im = mem_big(all, sizeof *s->im, e);
    return s->re && s->im;
}

static void strips_free(struct strips *s)
{
    mem_big_free(s->re);
    mem_big_free(s->im);
}

static int64_t strip_elements(const struct strips *s)
{
    return s->length * LANES;
}

/* As many elements along an axis as are loaded. */
static int64_t loaded(const struct slice_filter *f, int axis)
{
    return f->wanted[axis] + 2 * f->reach[axis];
}

static bool allocate(struct slice_filter *f, struct err *e)
{
    for (int a = 0; a < 2; a++) {
        f->n[a] = fft_good_length(loaded(f, a));
        if (!fft_create(f->n[a], &f->fft[a], e))
            return false;
    }
    /* whole strips of columns, the last one with zeros in it */
    int64_t columns = (f->n[0] + LANES - 1) / LANES * LANES;
    if (!strips_alloc(&f->spectrum, columns, f->n[1], e) ||
        !strips_alloc(&f->rows, 1, columns, e) || !strips_alloc(&f->column, 1, f->n[1], e) ||
        !strips_alloc(&f->responses, f->wanted[1], columns, e))
        return false;
    f->pooled = mem_big((size_t)(f->responses.n * f->wanted[0]), LANES * sizeof *f->pooled, e);
    f->kernel = mem_array((size_t)f->n_kernels, sizeof *f->kernel, e);
    f->is_empty = mem_array((size_t)(f->n_kernels * f->spectrum.n), sizeof *f->is_empty, e);
    size_t all = (size_t)(f->spectrum.n * strip_elements(&f->spectrum));
    bool good = f->pooled && f->kernel && f->is_empty;
    for (int k = 0; good && k < f->n_kernels; k++)
        good = (f->kernel[k] = mem_big(all, sizeof *f->kernel[k], e)) != NULL;
    return good;
}

bool slice_filter_create(const int64_t wanted[2], const int64_t reach[2], int n_kernels,
                         struct slice_filter **out, struct err *e)
{
    struct slice_filter *f = mem_array(1, sizeof *f, e);
    *out = f;
    if (!f)
        return false;
    memcpy(f->wanted, wanted, sizeof f->wanted);
    memcpy(f->reach, reach, sizeof f->reach);
    f->n_kernels = n_kernels;
    if (allocate(f, e))
        return true;
    slice_filter_destroy(f);
    *out = NULL;
    return false;
}

void slice_filter_destroy(struct slice_filter *f)
{
    if (!f)
        return;
    for (int k = 0; f->kernel && k < f->n_kernels; k++)
        mem_big_free(f->kernel[k]);
    free(f->kernel);
    free(f->is_empty);
    strips_free(&f->spectrum);
    strips_free(&f->rows);
    strips_free(&f->column);
    strips_free(&f->responses);
    mem_big_free(f->pooled);
    fft_destroy(f->fft[0]);
    fft_destroy(f->fft[1]);
    free(f);
}

/* --- there --- */

/* A square of LANES elements: line i of `from` (they lie `from_line` apart) becomes lane i of `to`.
 */
static void turn(const double *from, int64_t from_line, double *to, int64_t to_line)
{
    for (int i = 0; i < LANES; i++)
        for (int j = 0; j < LANES; j++)
            to[i * to_line + j] = from[j * from_line + i];
}

/* The strip of rows in f->rows, which begins at `row`, transformed and put into the spectrum. */
static void put_rows(struct slice_filter *f, int64_t row)
{
    struct strips *s = &f->spectrum;
    fft_forward(f->fft[0], f->rows.re, f->rows.im);
    memset(f->rows.re + f->n[0] * LANES, 0,
           (size_t)((f->rows.length - f->n[0]) * LANES) * sizeof *f->rows.re);
    memset(f->rows.im + f->n[0] * LANES, 0,
           (size_t)((f->rows.length - f->n[0]) * LANES) * sizeof *f->rows.im);
    int64_t rows = f->n[1] - row < LANES ? f->n[1] - row : LANES;
    for (int64_t strip = 0; strip < s->n; strip++)
        for (int64_t q = 0; q < rows; q++)
            for (int j = 0; j < LANES; j++) {
                int64_t to = (strip * s->length + row + q) * LANES + j;
                int64_t from = (strip * LANES + j) * LANES + q;
                s->re[to] = f->rows.re[from];
                s->im[to] = f->rows.im[from];
            }
}

static void clear_rows(struct slice_filter *f, int64_t from)
{
    struct strips *s = &f->spectrum;
    size_t bytes = (size_t)((s->length - from) * LANES) * sizeof *s->re;
    for (int64_t strip = 0; strip < s->n; strip++) {
        memset(s->re + (strip * s->length + from) * LANES, 0, bytes);
        memset(s->im + (strip * s->length + from) * LANES, 0, bytes);
    }
}

static void transform_columns(struct slice_filter *f)
{
    struct strips *s = &f->spectrum;
    for (int64_t strip = 0; strip < s->n; strip++)
        fft_forward(f->fft[1], s->re + strip * strip_elements(s),
                    s->im + strip * strip_elements(s));
}

/* --- kernels --- */

/* Index i of a transform's axis as the distance that it stands for. */
static int64_t wrapped(int64_t i, int64_t n)
{
    return i <= n / 2 ? i : i - n;
}

static void fill_rows(struct slice_filter *f, int64_t row, slice_kernel *value, const void *context)
{
    size_t bytes = (size_t)strip_elements(&f->rows) * sizeof *f->rows.re;
    memset(f->rows.re, 0, bytes);
    memset(f->rows.im, 0, bytes);
    for (int64_t p = 0; p < f->n[0]; p++)
        for (int64_t j = 0; j < LANES && row + j < f->n[1]; j++) {
            int64_t dp = wrapped(p, f->n[0]), dq = wrapped(row + j, f->n[1]);
            if (llabs(dp) <= f->reach[0] && llabs(dq) <= f->reach[1])
                value(context, dp, dq, &f->rows.re[p * LANES + j], &f->rows.im[p * LANES + j]);
        }
}

static double largest(const double *value, int64_t n)
{
    double most = 0;
    for (int64_t i = 0; i < n; i++)
        most = fmax(most, fabs(value[i]));
    return most;
}

void slice_filter_kernel(struct slice_filter *f, int number, slice_kernel *value,
                         const void *context)
{
    struct strips *s = &f->spectrum;
    int64_t strip = strip_elements(s), all = s->n * strip;
    for (int64_t row = 0; row < f->n[1]; row += LANES) {
        fill_rows(f, row, value, context);
        put_rows(f, row);
    }
    transform_columns(f);
    double scale = 1.0 / ((double)f->n[0] * (double)f->n[1]), most = largest(s->re, all);
    for (int64_t i = 0; i < s->n; i++)
        f->is_empty[number * s->n + i] = largest(s->re + i * strip, strip) <= least_share * most;
    for (int64_t i = 0; i < all; i++)
        f->kernel[number][i] = s->re[i] * scale;
}

/* --- the slice, and back --- */

void slice_filter_load(struct slice_filter *f, const double *slice, const int64_t stride[2])
{
    int64_t rows = loaded(f, 1), columns = loaded(f, 0);
    size_t bytes = (size_t)strip_elements(&f->rows) * sizeof *f->rows.re;
    for (int64_t row = 0; row < rows; row += LANES) {
        int64_t lanes = rows - row < LANES ? rows - row : LANES;
        memset(f->rows.re, 0, bytes);
        memset(f->rows.im, 0, bytes);
        for (int64_t j = 0; j < lanes; j++)
            for (int64_t p = 0; p < columns; p++)
                f->rows.re[p * LANES + j] = slice[(row + j) * stride[1] + p * stride[0]];
        put_rows(f, row);
    }
    if (rows < f->n[1])
        clear_rows(f, rows);
    transform_columns(f);
}

SIMD_CLONES
static void multiply(const double *re, const double *im, const double *factor, int64_t n,
                     double *out_re, double *out_im)
{
    for (int64_t i = 0; i < n; i++) {
        out_re[i] = re[i] * factor[i];
        out_im[i] = im[i] * factor[i];
    }
}

/* The wanted rows of one strip of columns, as lanes of the strips of rows. */
static void take_rows(struct slice_filter *f, int64_t strip, bool is_empty)
{
    struct strips *r = &f->responses;
    for (int64_t i = 0; i < r->n; i++) {
        int64_t to = i * strip_elements(r) + strip * LANES * LANES;
        int64_t from = (f->reach[1] + i * LANES) * LANES;
        int64_t rows = f->wanted[1] - i * LANES < LANES ? f->wanted[1] - i * LANES : LANES;
        if (is_empty || rows < LANES) {
            memset(r->re + to, 0, LANES * LANES * sizeof *r->re);
            memset(r->im + to, 0, LANES * LANES * sizeof *r->im);
        }
        if (is_empty)
            continue;
        if (rows == LANES) {
            turn(f->column.re + from, LANES, r->re + to, LANES);
            turn(f->column.im + from, LANES, r->im + to, LANES);
            continue;
        }
        for (int64_t q = 0; q < rows; q++)
            for (int j = 0; j < LANES; j++) {
                r->re[to + j * LANES + q] = f->column.re[from + q * LANES + j];
                r->im[to + j * LANES + q] = f->column.im[from + q * LANES + j];
            }
    }
}

static void respond(struct slice_filter *f, int kernel)
{
    struct strips *s = &f->spectrum, *r = &f->responses;
    int64_t n = strip_elements(s);
    for (int64_t strip = 0; strip < s->n; strip++) {
        bool is_empty = f->is_empty[kernel * s->n + strip];
        if (!is_empty) {
            multiply(s->re + strip * n, s->im + strip * n, f->kernel[kernel] + strip * n, n,
                     f->column.re, f->column.im);
            fft_backward(f->fft[1], f->column.re, f->column.im);
        }
        take_rows(f, strip, is_empty);
    }
    for (int64_t i = 0; i < r->n; i++)
        fft_backward(f->fft[0], r->re + i * strip_elements(r), r->im + i * strip_elements(r));
}

/* --- pooling --- */

SIMD_CLONES
static void pool(const double *re, const double *im, int64_t n, enum pooling how, double *out)
{
    for (int64_t i = 0; i < n; i++) {
        double modulus = sqrt(re[i] * re[i] + im[i] * im[i]);
        if (how == POOL_MAX)
            out[i] = out[i] > modulus ? out[i] : modulus;
        else if (how == POOL_MIN)
            out[i] = out[i] < modulus ? out[i] : modulus;
        else
            out[i] += modulus;
    }
}

/* Between the strips of moduli and the slice that the caller has. */
static void exchange(struct slice_filter *f, bool is_read, double *out, const int64_t stride[2])
{
    for (int64_t q = 0; q < f->wanted[1]; q++)
        for (int64_t p = 0; p < f->wanted[0]; p++) {
            double *theirs = &out[q * stride[1] + p * stride[0]];
            double *own = &f->pooled[(q / LANES * f->wanted[0] + p) * LANES + q % LANES];
            if (is_read)
                *own = *theirs;
            else
                *theirs = *own;
        }
}

void slice_filter_pool(struct slice_filter *f, enum pooling how, bool is_first, double *out,
                       const int64_t stride[2])
{
    struct strips *r = &f->responses;
    int64_t n = f->wanted[0] * LANES;
    double nothing = how == POOL_MIN ? INFINITY : 0;
    if (!is_first)
        exchange(f, true, out, stride);
    for (int64_t i = 0; is_first && i < r->n * n; i++)
        f->pooled[i] = nothing;
    for (int k = 0; k < f->n_kernels; k++) {
        respond(f, k);
        for (int64_t i = 0; i < r->n; i++) {
            int64_t from = i * strip_elements(r) + f->reach[0] * LANES;
            pool(r->re + from, r->im + from, n, how, f->pooled + i * n);
        }
    }
    exchange(f, false, out, stride);
}
