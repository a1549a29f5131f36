#include "engine/responses/steered.h"

#include "base/mem.h"
#include "engine/responses/separable.h"
#include "engine/signal/symmetric.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The six different elements of the tensor, and where they stand. */
enum { ELEMENTS = 6 };
static const int element_axes[ELEMENTS][2] = {{0, 0}, {1, 1}, {2, 2}, {0, 1}, {0, 2}, {1, 2}};

/* Transforms of one order in all: orders (i, j, order - i - j) along x, y, z. */
enum { MOST_TERMS = (STEERED_ORDER + 1) * (STEERED_ORDER + 2) / 2 };
struct terms {
    int n, order;
    int exponent[MOST_TERMS][3];
    struct patch response[MOST_TERMS];
};

struct work {
    const struct source *s;
    const struct spectral *f;
    struct separable smoothing;
    struct box wanted, wide; /* what is asked for, and with what the smoothing reads */
    struct patch tensor[ELEMENTS];
};

static bool make_smoothing(struct work *w, double sigma_mm, struct err *e)
{
    struct kernel k[3];
    for (int a = 0; a < 3; a++) {
        double sigma = sigma_mm / w->s->image->grid.spacing_mm[a], reach = floor(4 * sigma + 0.5);
        double sum = 0;
        if (!(reach <= KERNEL_MAX / 2))
            return err_set(e, ERR_REFUSED, "a structure tensor smoothed over %g voxels: at most %d",
                           reach, KERNEL_MAX / 2);
        k[a] = (struct kernel){.n = 2 * (int)reach + 1, .centre = (int)reach, .step = 1};
        for (int i = 0; i < k[a].n; i++) {
            double x = (i - reach) / sigma;
            sum += k[a].weight[i] = exp(-0.5 * x * x);
        }
        for (int i = 0; i < k[a].n; i++)
            k[a].weight[i] /= sum;
    }
    separable_single(&w->smoothing, &k[0], &k[1], &k[2]);
    return true;
}

static bool smooth_product(struct work *w, const struct patch *a, const struct patch *b,
                           struct patch *out, struct err *e)
{
    const struct border border = source_border(w->s);
    struct patch product;
    if (!patch_alloc(&product, &w->wide, e))
        return false;
    for (int64_t i = 0; i < box_voxels(&w->wide); i++)
        product.value[i] = a->value[i] * b->value[i];
    bool good =
        separable_of_patch(&w->smoothing, &product, &border, w->s->dims, &w->wanted, out, e);
    patch_free(&product);
    return good;
}

static bool make_tensor(struct work *w, struct err *e)
{
    const struct border border = source_border(w->s);
    struct patch slope[3] = {{.value = NULL}, {.value = NULL}, {.value = NULL}};
    bool good = true;
    w->wide = separable_reach(&w->smoothing, &border, w->s->dims, &w->wanted);
    for (int a = 0; good && a < w->s->dims; a++) {
        struct spectral first = *w->f;
        memset(first.riesz, 0, sizeof first.riesz);
        first.riesz[a] = 1;
        good = spectral_response(w->s, &first, &w->wide, &slope[a], e);
    }
    for (int i = 0; good && i < ELEMENTS; i++) {
        const int *axes = element_axes[i];
        if (axes[0] < w->s->dims && axes[1] < w->s->dims)
            good = smooth_product(w, &slope[axes[0]], &slope[axes[1]], &w->tensor[i], e);
    }
    for (int a = 0; a < 3; a++)
        patch_free(&slope[a]);
    return good;
}

static bool make_terms(struct work *w, struct terms *t, struct err *e)
{
    t->order = w->f->riesz[0] + w->f->riesz[1] + w->f->riesz[2];
    for (int i = t->order; i >= 0; i--)
        for (int j = t->order - i; j >= 0; j--) {
            int k = t->order - i - j;
            if (k > 0 && w->s->dims == 2)
                continue;
            struct spectral f = *w->f;
            f.riesz[0] = i, f.riesz[1] = j, f.riesz[2] = k;
            memcpy(t->exponent[t->n], f.riesz, sizeof f.riesz);
            if (!spectral_response(w->s, &f, &w->wanted, &t->response[t->n], e))
                return false;
            t->n++;
        }
    return true;
}

/* A homogeneous polynomial in three variables: the coefficient of x^i y^j z^(degree - i - j). */
struct polynomial {
    int degree;
    double c[STEERED_ORDER + 1][STEERED_ORDER + 1];
};

static void times_linear(struct polynomial *p, const double u[3])
{
    struct polynomial q = {.degree = p->degree + 1};
    for (int i = 0; i <= p->degree; i++)
        for (int j = 0; i + j <= p->degree; j++) {
            q.c[i + 1][j] += p->c[i][j] * u[0];
            q.c[i][j + 1] += p->c[i][j] * u[1];
            q.c[i][j] += p->c[i][j] * u[2];
        }
    *p = q;
}

static double factorials(const int exponent[3])
{
    double product = 1;
    for (int a = 0; a < 3; a++)
        for (int i = 2; i <= exponent[a]; i++)
            product *= i;
    return product;
}

static void axes_at(const struct work *w, int64_t voxel, double axis[3][3])
{
    double m[3][3] = {{0}}, strength[3];
    m[2][2] = -1; /* in two dimensions z comes last */
    for (int i = 0; i < ELEMENTS; i++)
        if (w->tensor[i].value) {
            const int *at = element_axes[i];
            m[at[0]][at[1]] = m[at[1]][at[0]] = w->tensor[i].value[voxel];
        }
    symmetric_eigen(m, strength, axis);
}

/* (nu u1)^l1 (nu u2)^l2 (nu u3)^l3 multiplied out gives the share of every transform. */
static double steer(const struct work *w, const struct terms *t, int64_t voxel)
{
    struct polynomial p = {.degree = 0, .c = {{1}}};
    double axis[3][3], sum = 0;
    axes_at(w, voxel, axis);
    for (int a = 0; a < 3; a++)
        for (int i = 0; i < w->f->riesz[a]; i++)
            times_linear(&p, axis[a]);
    for (int i = 0; i < t->n; i++) {
        const int *k = t->exponent[i];
        sum += p.c[k[0]][k[1]] * sqrt(factorials(k) / factorials(w->f->riesz)) *
               t->response[i].value[voxel];
    }
    return sum;
}

static bool steer_all(struct work *w, struct terms *t, struct patch *out, struct err *e)
{
    if (!make_tensor(w, e) || !make_terms(w, t, e) || !patch_alloc(out, &w->wanted, e))
        return false;
    for (int64_t i = 0; i < box_voxels(&w->wanted); i++)
        out->value[i] = steer(w, t, i);
    return true;
}

bool steered_response(const struct source *s, const struct spectral *f, double tensor_sigma_mm,
                      const struct box *wanted, struct patch *out, struct err *e)
{
    struct work *w = mem_array(1, sizeof *w, e);
    struct terms *t = mem_array(1, sizeof *t, e);
    bool good = w && t;
    if (good) {
        w->s = s, w->f = f, w->wanted = *wanted;
        good = make_smoothing(w, tensor_sigma_mm, e) && steer_all(w, t, out, e);
    }
    for (int i = 0; w && i < ELEMENTS; i++)
        patch_free(&w->tensor[i]);
    for (int i = 0; t && i < MOST_TERMS; i++)
        patch_free(&t->response[i]);
    free(w);
    free(t);
    return good;
}
