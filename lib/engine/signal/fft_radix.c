#include "engine/signal/fft_radix.h"

#include "base/simd.h"
#include "engine/signal/fft.h"

enum { MAX_RADIX = 7 };

/* The butterfly between the elements that lie m apart: y(j) = w^j sum over k of x(k) exp(-2 pi i
 * j k / r). `row` numbers the r inputs, lane by lane. */
struct butterfly {
    const double *re[MAX_RADIX], *im[MAX_RADIX];
    double *out_re[MAX_RADIX], *out_im[MAX_RADIX];
    double c[MAX_RADIX], s[MAX_RADIX]; /* w^j = c - i s */
    int64_t n;
};

#define STORE(j, a, b)                                                                             \
    do {                                                                                           \
        double u_ = (a), v_ = (b);                                                                 \
        out_re##j[i] = u_ * c##j + v_ * s##j;                                                      \
        out_im##j[i] = v_ * c##j - u_ * s##j;                                                      \
    } while (0)
#define IN(j) const double *restrict re##j = b->re[j], *restrict im##j = b->im[j]
#define OUT(j)                                                                                     \
    double *restrict out_re##j = b->out_re[j], *restrict out_im##j = b->out_im[j];                 \
    const double c##j = b->c[j], s##j = b->s[j]
#define BOTH(j)                                                                                    \
    IN(j);                                                                                         \
    OUT(j)

SIMD_CLONES
static void radix2(const struct butterfly *b)
{
    BOTH(0);
    BOTH(1);
    for (int64_t i = 0; i < b->n; i++) {
        double ar = re0[i], ai = im0[i], br = re1[i], bi = im1[i];
        STORE(0, ar + br, ai + bi);
        STORE(1, ar - br, ai - bi);
    }
}

SIMD_CLONES
static void radix3(const struct butterfly *b)
{
    const double h = 0.86602540378443864676; /* sin(2 pi / 3) */
    BOTH(0);
    BOTH(1);
    BOTH(2);
    for (int64_t i = 0; i < b->n; i++) {
        double sr = re1[i] + re2[i], si = im1[i] + im2[i];
        double dr = h * (re1[i] - re2[i]), di = h * (im1[i] - im2[i]);
        double mr = re0[i] - 0.5 * sr, mi = im0[i] - 0.5 * si;
        STORE(0, re0[i] + sr, im0[i] + si);
        STORE(1, mr + di, mi - dr);
        STORE(2, mr - di, mi + dr);
    }
}

SIMD_CLONES
static void radix4(const struct butterfly *b)
{
    BOTH(0);
    BOTH(1);
    BOTH(2);
    BOTH(3);
    for (int64_t i = 0; i < b->n; i++) {
        double ar = re0[i] + re2[i], ai = im0[i] + im2[i];
        double br = re0[i] - re2[i], bi = im0[i] - im2[i];
        double cr = re1[i] + re3[i], ci = im1[i] + im3[i];
        double dr = re1[i] - re3[i], di = im1[i] - im3[i];
        STORE(0, ar + cr, ai + ci);
        STORE(1, br + di, bi - dr);
        STORE(2, ar - cr, ai - ci);
        STORE(3, br - di, bi + dr);
    }
}

SIMD_CLONES
static void radix5(const struct butterfly *b)
{
    const double c1_ = 0.30901699437494742410, c2_ = -0.80901699437494742410; /* cos(2 pi k / 5) */
    const double s1_ = 0.95105651629515357212, s2_ = 0.58778525229247312917;  /* sin(2 pi k / 5) */
    BOTH(0);
    BOTH(1);
    BOTH(2);
    BOTH(3);
    BOTH(4);
    for (int64_t i = 0; i < b->n; i++) {
        double pr = re1[i] + re4[i], pi = im1[i] + im4[i], qr = re2[i] + re3[i],
               qi = im2[i] + im3[i];
        double ur = re1[i] - re4[i], ui = im1[i] - im4[i], vr = re2[i] - re3[i],
               vi = im2[i] - im3[i];
        double ar = re0[i] + c1_ * pr + c2_ * qr, ai = im0[i] + c1_ * pi + c2_ * qi;
        double br = re0[i] + c2_ * pr + c1_ * qr, bi = im0[i] + c2_ * pi + c1_ * qi;
        double cr = s1_ * ur + s2_ * vr, ci = s1_ * ui + s2_ * vi;
        double dr = s2_ * ur - s1_ * vr, di = s2_ * ui - s1_ * vi;
        STORE(0, re0[i] + pr + qr, im0[i] + pi + qi);
        STORE(1, ar + ci, ai - cr);
        STORE(2, br + di, bi - dr);
        STORE(3, br - di, bi + dr);
        STORE(4, ar - ci, ai + cr);
    }
}

/* Seven: outputs j and 7 - j share the sums of pairs (a, by cosines) and of differences (d, by
 * sines). */
SIMD_CLONES
static void radix7(const struct butterfly *b)
{
    const double c1_ = 0.62348980185873353053, c2_ = -0.22252093395631440429,
                 c3_ = -0.90096886790241912624; /* cos(2 pi k / 7) */
    const double s1_ = 0.78183148246802980871, s2_ = 0.97492791218182360702,
                 s3_ = 0.43388373911755812048; /* sin(2 pi k / 7) */
    BOTH(0);
    BOTH(1);
    BOTH(2);
    BOTH(3);
    BOTH(4);
    BOTH(5);
    BOTH(6);
    for (int64_t i = 0; i < b->n; i++) {
        double pr = re1[i] + re6[i], pi = im1[i] + im6[i], qr = re2[i] + re5[i],
               qi = im2[i] + im5[i], rr = re3[i] + re4[i], ri = im3[i] + im4[i];
        double ur = re1[i] - re6[i], ui = im1[i] - im6[i], vr = re2[i] - re5[i],
               vi = im2[i] - im5[i], wr = re3[i] - re4[i], wi = im3[i] - im4[i];
        double a1r = re0[i] + c1_ * pr + c2_ * qr + c3_ * rr,
               a1i = im0[i] + c1_ * pi + c2_ * qi + c3_ * ri;
        double a2r = re0[i] + c2_ * pr + c3_ * qr + c1_ * rr,
               a2i = im0[i] + c2_ * pi + c3_ * qi + c1_ * ri;
        double a3r = re0[i] + c3_ * pr + c1_ * qr + c2_ * rr,
               a3i = im0[i] + c3_ * pi + c1_ * qi + c2_ * ri;
        double d1r = s1_ * ur + s2_ * vr + s3_ * wr, d1i = s1_ * ui + s2_ * vi + s3_ * wi;
        double d2r = s2_ * ur - s3_ * vr - s1_ * wr, d2i = s2_ * ui - s3_ * vi - s1_ * wi;
        double d3r = s3_ * ur - s1_ * vr + s2_ * wr, d3i = s3_ * ui - s1_ * vi + s2_ * wi;
        STORE(0, re0[i] + pr + qr + rr, im0[i] + pi + qi + ri);
        STORE(1, a1r + d1i, a1i - d1r);
        STORE(2, a2r + d2i, a2i - d2r);
        STORE(3, a3r + d3i, a3i - d3r);
        STORE(4, a3r - d3i, a3i + d3r);
        STORE(5, a2r - d2i, a2i + d2r);
        STORE(6, a1r - d1i, a1i + d1r);
    }
}

static void run_butterfly(int radix, const struct butterfly *b)
{
    switch (radix) {
    case 2:
        radix2(b);
        break;
    case 3:
        radix3(b);
        break;
    case 4:
        radix4(b);
        break;
    case 5:
        radix5(b);
        break;
    default:
        radix7(b);
        break;
    }
}

void fft_stage_run(const struct fft_stage *s, const double *from_re, const double *from_im,
                   double *to_re, double *to_im)
{
    int64_t m = s->n / s->radix, block = s->done * FFT_LANES;
    struct butterfly b = {.n = block};
    for (int64_t p = 0; p < m; p++) {
        for (int j = 0; j < s->radix; j++) {
            b.re[j] = from_re + (p + m * j) * block;
            b.im[j] = from_im + (p + m * j) * block;
            b.out_re[j] = to_re + (s->radix * p + j) * block;
            b.out_im[j] = to_im + (s->radix * p + j) * block;
            int64_t turn = p * j * (s->full / s->n) % s->full;
            b.c[j] = s->twiddle[2 * turn];
            b.s[j] = s->twiddle[2 * turn + 1];
        }
        run_butterfly(s->radix, &b);
    }
}

SIMD_CLONES
void fft_multiply(const double *re, const double *im, double c, double s, double *out_re,
                  double *out_im)
{
    for (int i = 0; i < FFT_LANES; i++) {
        double u = re[i] * c - im[i] * s, v = re[i] * s + im[i] * c;
        out_re[i] = u;
        out_im[i] = v;
    }
}
