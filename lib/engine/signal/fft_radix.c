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

/* Seven by its definition, with pairs k and 7 - k taken together. */
SIMD_CLONES
static void radix7(const struct butterfly *b)
{
    static const double cosine[7] = {1,
                                     0.62348980185873353053,
                                     -0.22252093395631440429,
                                     -0.90096886790241912624,
                                     -0.90096886790241912624,
                                     -0.22252093395631440429,
                                     0.62348980185873353053};
    static const double sine[7] = {0,
                                   0.78183148246802980871,
                                   0.97492791218182360702,
                                   0.43388373911755812048,
                                   -0.43388373911755812048,
                                   -0.97492791218182360702,
                                   -0.78183148246802980871};
    for (int j = 0; j < 7; j++) {
        double *restrict out_re0 = b->out_re[j], *restrict out_im0 = b->out_im[j];
        const double c0 = b->c[j], s0 = b->s[j];
        for (int64_t i = 0; i < b->n; i++) {
            double sr = b->re[0][i], si = b->im[0][i];
            for (int k = 1; k <= 3; k++) {
                double pr = b->re[k][i] + b->re[7 - k][i], pi = b->im[k][i] + b->im[7 - k][i];
                double ur = b->re[k][i] - b->re[7 - k][i], ui = b->im[k][i] - b->im[7 - k][i];
                double c = cosine[j * k % 7], s = sine[j * k % 7];
                sr += c * pr + s * ui;
                si += c * pi - s * ur;
            }
            STORE(0, sr, si);
        }
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
