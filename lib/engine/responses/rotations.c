#include "engine/responses/separable.h"

#include <string.h>

/* A kernel that is its own mirror image (+1), the negative of it (-1), or neither (0). */
static int mirror_sign(const struct kernel *k)
{
    bool even = true, odd = true;
    for (int i = 0; i < k->n; i++) {
        double mirrored = k->weight[k->n - 1 - i];
        even = even && k->weight[i] == mirrored;
        odd = odd && k->weight[i] == -mirrored;
    }
    return even ? 1 : odd ? -1 : 0;
}

static bool same_kernel(const struct kernel *a, const struct kernel *b)
{
    return a->n == b->n && a->centre == b->centre && a->step == b->step &&
           memcmp(a->weight, b->weight, (size_t)a->n * sizeof *a->weight) == 0;
}

static int add_kernel(struct separable *s, const struct kernel *k)
{
    for (int i = 0; i < s->n_kernels; i++)
        if (same_kernel(&s->kernel[i], k))
            return i;
    s->kernel[s->n_kernels] = *k;
    return s->n_kernels++;
}

/* The kernels along filter axis `from`, mirrored or not, as those of image axis `to` of a term. */
static void place_axis(struct separable *s, const struct kernel by_level[][3], int from,
                       bool mirrored, int to, struct separable_term *t)
{
    for (int l = 0; l < s->levels; l++) {
        const struct kernel *k = &by_level[l][from];
        int sign = mirrored ? mirror_sign(k) : 1;
        struct kernel flipped = kernel_flipped(k);
        t->kernel[l][to] = add_kernel(s, sign == 0 ? &flipped : k);
        if (sign < 0)
            t->sign = -t->sign;
    }
}

static bool same_term(const struct separable *s, const struct separable_term *a,
                      const struct separable_term *b)
{
    return a->sign == b->sign &&
           memcmp(a->kernel, b->kernel, (size_t)s->levels * sizeof *a->kernel) == 0;
}

/* Keeps the terms in order of their kernels, each once: neighbours share the most passes. */
static void add_term(struct separable *s, const struct separable_term *t)
{
    int at = 0;
    for (; at < s->n_terms; at++) {
        if (same_term(s, &s->term[at], t))
            return;
        int order = memcmp(s->term[at].kernel, t->kernel, sizeof t->kernel);
        if (order > 0 || (order == 0 && s->term[at].sign > t->sign))
            break;
    }
    memmove(&s->term[at + 1], &s->term[at], (size_t)(s->n_terms - at) * sizeof *s->term);
    s->term[at] = *t;
    s->n_terms++;
}

/* Image axis a takes filter axis perm[a]. The sign of the permutation. */
static const struct permutation {
    int axis[3];
    int sign;
} permutations[] = {{{0, 1, 2}, 1}, {{1, 0, 2}, -1}, {{1, 2, 0}, 1},
                    {{2, 0, 1}, 1}, {{0, 2, 1}, -1}, {{2, 1, 0}, -1}};

void separable_rotations(struct separable *s, int dims, int levels,
                         const struct kernel by_level[][3], enum pooling pooling)
{
    *s = (struct separable){.levels = levels, .pooling = pooling};
    for (int p = 0; p < (dims == 3 ? 6 : 2); p++)
        for (int mirrors = 0; mirrors < 1 << dims; mirrors++) {
            int determinant = permutations[p].sign;
            for (int a = 0; a < dims; a++)
                determinant *= mirrors >> a & 1 ? -1 : 1;
            if (determinant != 1)
                continue;
            struct separable_term t = {.sign = 1};
            for (int a = 0; a < dims; a++)
                place_axis(s, by_level, permutations[p].axis[a], mirrors >> a & 1, a, &t);
            add_term(s, &t);
        }
}
