#include "engine/responses/separable.h"

#include <math.h>
#include <string.h>

void separable_single(struct separable *s, const struct kernel *x, const struct kernel *y,
                      const struct kernel *z)
{
    *s = (struct separable){.levels = 1, .n_kernels = 3, .n_terms = 1, .pooling = POOL_SUM};
    s->kernel[0] = *x;
    s->kernel[1] = *y;
    s->kernel[2] = *z;
    s->term[0] = (struct separable_term){.kernel = {{0, 1, 2}}, .sign = 1};
}

/* The passes of a term in their order, and what is left of the last term's: pass j turned patch
 * j - 1 into patch j. */
enum { MAX_PASSES = 3 * SEPARABLE_LEVELS };
struct passes {
    const struct separable *filter;
    const struct border *border;
    int n, dims;
    struct box box[MAX_PASSES + 1]; /* box[j]: what pass j - 1 yields; box[0]: the input */
    struct patch patch[MAX_PASSES + 1];
    int made_with[MAX_PASSES]; /* the kernel of pass j; -1: patch j + 1 is not there */
};

int64_t separable_beyond(const struct separable *s, int level, int dims)
{
    int64_t reach = 0;
    for (int t = 0; t < s->n_terms; t++)
        for (int a = 0; a < dims; a++) {
            const struct kernel *k = &s->kernel[s->term[t].kernel[level][a]];
            int64_t before = kernel_before(k), after = kernel_after(k);
            reach = before > reach ? before : reach;
            reach = after > reach ? after : reach;
        }
    return reach;
}

/* All terms get the same boxes, wide enough for each, so that they can share passes. */
static void plan_boxes(struct passes *p, const struct box *wanted)
{
    p->box[p->n] = *wanted;
    for (int j = p->n - 1; j >= 0; j--) {
        int64_t reach = separable_beyond(p->filter, j / p->dims, p->dims);
        p->box[j] = border_source(p->border, &p->box[j + 1], j % p->dims, reach, reach);
    }
}

static struct passes passes_of(const struct separable *s, const struct border *border, int dims,
                               const struct box *wanted)
{
    struct passes p = {.filter = s, .border = border, .n = s->levels * dims, .dims = dims};
    for (int j = 0; j < p.n; j++)
        p.made_with[j] = -1;
    plan_boxes(&p, wanted);
    return p;
}

struct box separable_reach(const struct separable *s, const struct border *border, int dims,
                           const struct box *wanted)
{
    return passes_of(s, border, dims, wanted).box[0];
}

static void forget_from(struct passes *p, int first)
{
    for (int j = first; j < p->n; j++) {
        patch_free(&p->patch[j + 1]);
        p->made_with[j] = -1;
    }
}

/* Runs the passes of a term that differ from those of the term before. */
static bool run_term(struct passes *p, const struct separable_term *t, struct err *e)
{
    int shared = 0;
    while (shared < p->n && p->made_with[shared] == t->kernel[shared / p->dims][shared % p->dims])
        shared++;
    forget_from(p, shared);
    for (int j = shared; j < p->n; j++) {
        int which = t->kernel[j / p->dims][j % p->dims];
        if (!convolve_axis(&p->patch[j], &p->filter->kernel[which], j % p->dims, p->border,
                           &p->box[j + 1], &p->patch[j + 1], e))
            return false;
        p->made_with[j] = which;
    }
    return true;
}

void separable_pool(enum pooling how, const double *value, int sign, int64_t n, double *out)
{
    switch (how) {
    case POOL_SUM:
    case POOL_MEAN:
        for (int64_t i = 0; i < n; i++)
            out[i] += sign * value[i];
        break;
    case POOL_MAX:
        for (int64_t i = 0; i < n; i++)
            out[i] = fmax(out[i], sign * value[i]);
        break;
    case POOL_MIN:
        for (int64_t i = 0; i < n; i++)
            out[i] = fmin(out[i], sign * value[i]);
        break;
    }
}

static bool pool_terms(struct passes *p, struct patch *out, struct err *e)
{
    const struct separable *s = p->filter;
    int64_t n = box_voxels(&out->box);
    for (int t = 0; t < s->n_terms; t++) {
        if (!run_term(p, &s->term[t], e))
            return false;
        separable_pool(t == 0 ? POOL_SUM : s->pooling, p->patch[p->n].value, s->term[t].sign, n,
                       out->value);
    }
    for (int64_t i = 0; s->pooling == POOL_MEAN && i < n; i++)
        out->value[i] /= s->n_terms;
    return true;
}

bool separable_of_patch(const struct separable *s, const struct patch *in,
                        const struct border *border, int dims, const struct box *wanted,
                        struct patch *out, struct err *e)
{
    struct passes p = passes_of(s, border, dims, wanted);
    if (!patch_alloc(out, wanted, e))
        return false;
    p.patch[0] = *in;
    bool good = pool_terms(&p, out, e);
    forget_from(&p, 0);
    if (!good)
        patch_free(out);
    return good;
}
