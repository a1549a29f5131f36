#include "engine/signal/fft.h"

#include "base/mem.h"
#include "engine/signal/fft_radix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FACTORS = 64 };

struct fft {
    int64_t n;
    int n_factors;
    int factor[MAX_FACTORS];
    double *twiddle; /* n pairs: cos and sin of 2 pi i / n */
    double *work;    /* 2 * n * FFT_LANES */

    /* Bluestein: the transform as a convolution with a chirp, of length inner->n */
    struct fft *inner;
    double *chirp;                 /* n pairs: exp(-pi i k^2 / n) */
    double *kernel_re, *kernel_im; /* the transform of the conjugate chirp, inner->n each */
    double *room;                  /* 2 * inner->n * FFT_LANES */
};

static const int radices[] = {4, 2, 3, 5, 7};
enum { N_RADICES = sizeof radices / sizeof *radices };

static int64_t without_radices(int64_t n)
{
    for (int r = 0; r < N_RADICES; r++)
        while (n % radices[r] == 0)
            n /= radices[r];
    return n;
}

/* What a transform costs, about: every step reads and writes all elements once, and a larger radix
 * does more between. */
static int64_t cost(int64_t n)
{
    static const int64_t of_radix[N_RADICES] = {6, 5, 6, 8, 11}; /* in the order of radices[] */
    int64_t left = n, steps = 4; /* the elements are brought and taken away, too */
    for (int r = 0; r < N_RADICES; r++)
        for (; left % radices[r] == 0; left /= radices[r])
            steps += of_radix[r];
    return n * steps;
}

int64_t fft_good_length(int64_t n)
{
    int64_t best = 0;
    for (int64_t m = n; best == 0 || m <= n + n / 4; m++)
        if (without_radices(m) == 1 && (best == 0 || cost(m) < cost(best)))
            best = m;
    return best;
}

/* exp(2 pi i k / n), exact at multiples of an eighth turn and symmetric between the octants. */
static void unit_root(int64_t k, int64_t n, double *cosine, double *sine)
{
    const double turn = 6.283185307179586476925286766559;
    int64_t eighths = 8 * k / n;
    int64_t base = (eighths + 1) / 2; /* the nearest multiple of a quarter turn */
    double angle = turn * (double)(4 * k - base * n) / (4.0 * (double)n);
    double c = cos(angle), s = sin(angle);
    switch (base % 4) {
    case 0:
        *cosine = c, *sine = s;
        break;
    case 1:
        *cosine = -s, *sine = c;
        break;
    case 2:
        *cosine = -c, *sine = -s;
        break;
    default:
        *cosine = s, *sine = -c;
        break;
    }
}

static double *unit_roots(int64_t n, struct err *e)
{
    double *root = mem_array((size_t)n, 2 * sizeof *root, e);
    for (int64_t k = 0; root && k < n; k++)
        unit_root(k, n, &root[2 * k], &root[2 * k + 1]);
    return root;
}

static bool plan_radices(struct fft *f, struct err *e)
{
    int64_t left = f->n;
    for (int r = 0; r < N_RADICES; r++)
        for (; left % radices[r] == 0; left /= radices[r])
            f->factor[f->n_factors++] = radices[r];
    f->twiddle = unit_roots(f->n, e);
    f->work = mem_big((size_t)f->n, 2 * FFT_LANES * sizeof *f->work, e);
    return f->twiddle && f->work;
}

/* The transform of the conjugate chirp, laid around so that its index -k stands at m - k. */
static void transform_chirp(struct fft *f)
{
    int64_t m = f->inner->n;
    double *re = f->room, *im = f->room + m * FFT_LANES;
    memset(f->room, 0, (size_t)(2 * m * FFT_LANES) * sizeof *f->room);
    for (int64_t k = 0; k < f->n; k++) {
        int64_t around = k ? m - k : 0;
        re[k * FFT_LANES] = re[around * FFT_LANES] = f->chirp[2 * k];
        im[k * FFT_LANES] = im[around * FFT_LANES] = -f->chirp[2 * k + 1];
    }
    fft_forward(f->inner, re, im);
    for (int64_t k = 0; k < m; k++) {
        f->kernel_re[k] = re[k * FFT_LANES] / (double)m;
        f->kernel_im[k] = im[k * FFT_LANES] / (double)m;
    }
}

static bool plan_chirp(struct fft *f, struct err *e)
{
    if (!fft_create(fft_good_length(2 * f->n - 1), &f->inner, e))
        return false;
    size_t m = (size_t)f->inner->n;
    f->chirp = mem_array((size_t)f->n, 2 * sizeof *f->chirp, e);
    f->kernel_re = mem_array(m, sizeof *f->kernel_re, e);
    f->kernel_im = mem_array(m, sizeof *f->kernel_im, e);
    f->room = mem_big(m, 2 * FFT_LANES * sizeof *f->room, e);
    if (!f->chirp || !f->kernel_re || !f->kernel_im || !f->room)
        return false;
    for (int64_t k = 0; k < f->n; k++) {
        unit_root(k * k % (2 * f->n), 2 * f->n, &f->chirp[2 * k], &f->chirp[2 * k + 1]);
        f->chirp[2 * k + 1] = -f->chirp[2 * k + 1];
    }
    transform_chirp(f);
    return true;
}

bool fft_create(int64_t n, struct fft **out, struct err *e)
{
    struct fft *f = mem_array(1, sizeof *f, e);
    *out = f;
    if (!f)
        return false;
    f->n = n;
    bool good = without_radices(n) == 1 ? plan_radices(f, e) : plan_chirp(f, e);
    if (!good) {
        fft_destroy(f);
        *out = NULL;
    }
    return good;
}

void fft_destroy(struct fft *f)
{
    if (!f)
        return;
    fft_destroy(f->inner);
    free(f->twiddle);
    mem_big_free(f->work);
    free(f->chirp);
    free(f->kernel_re);
    free(f->kernel_im);
    mem_big_free(f->room);
    free(f);
}

static void by_radices(struct fft *f, double *re, double *im)
{
    double *from_re = re, *from_im = im;
    double *to_re = f->work, *to_im = f->work + f->n * FFT_LANES;
    int64_t n = f->n, done = 1;
    for (int i = 0; i < f->n_factors; i++) {
        const struct fft_stage stage = {f->factor[i], n, done, f->n, f->twiddle};
        fft_stage_run(&stage, from_re, from_im, to_re, to_im);
        double *t = from_re;
        from_re = to_re, to_re = t;
        t = from_im;
        from_im = to_im, to_im = t;
        n /= f->factor[i];
        done *= f->factor[i];
    }
    if (from_re != re) {
        memcpy(re, from_re, (size_t)(f->n * FFT_LANES) * sizeof *re);
        memcpy(im, from_im, (size_t)(f->n * FFT_LANES) * sizeof *im);
    }
}

static void by_chirp(struct fft *f, double *re, double *im)
{
    int64_t n = f->n, m = f->inner->n;
    double *room_re = f->room, *room_im = f->room + m * FFT_LANES;
    memset(f->room, 0, (size_t)(2 * m * FFT_LANES) * sizeof *f->room);
    for (int64_t k = 0; k < n; k++)
        fft_multiply(re + k * FFT_LANES, im + k * FFT_LANES, f->chirp[2 * k], f->chirp[2 * k + 1],
                     room_re + k * FFT_LANES, room_im + k * FFT_LANES);
    fft_forward(f->inner, room_re, room_im);
    for (int64_t k = 0; k < m; k++)
        fft_multiply(room_re + k * FFT_LANES, room_im + k * FFT_LANES, f->kernel_re[k],
                     f->kernel_im[k], room_re + k * FFT_LANES, room_im + k * FFT_LANES);
    fft_backward(f->inner, room_re, room_im);
    for (int64_t k = 0; k < n; k++)
        fft_multiply(room_re + k * FFT_LANES, room_im + k * FFT_LANES, f->chirp[2 * k],
                     f->chirp[2 * k + 1], re + k * FFT_LANES, im + k * FFT_LANES);
}

void fft_forward(struct fft *f, double *re, double *im)
{
    if (f->inner)
        by_chirp(f, re, im);
    else
        by_radices(f, re, im);
}

/* With real and imaginary parts exchanged, the forward transform is the backward one. */
void fft_backward(struct fft *f, double *re, double *im)
{
    fft_forward(f, im, re);
}
