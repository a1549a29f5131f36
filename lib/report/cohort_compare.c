/* Regions of one name beside each other: which are outliers, and which names are frequent. */
#include "report/cohort.h"

#include "base/mem.h"
#include "base/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- outliers --- */

static double median_of(double *value, size_t n)
{
    qsort(value, n, sizeof *value, num_ascending);
    return n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
}

double cohort_robust(const double *value, size_t n, double *width)
{
    enum { LEAST = 5 };
    static const double sigma_per_mad = 1.4826;
    double *copy = mem_must(calloc(n + 1, sizeof *copy));
    *width = INFINITY;
    if (n)
        memcpy(copy, value, n * sizeof *copy);
    double middle = n ? median_of(copy, n) : NAN;
    for (size_t i = 0; i < n; i++)
        copy[i] = fabs(value[i] - middle);
    double deviation = n >= LEAST ? median_of(copy, n) : 0;
    if (deviation > 0)
        *width = COHORT_LIMIT * sigma_per_mad * deviation;
    free(copy);
    return middle;
}

static void mark_group(struct cohort *c, const struct cohort_group *g, size_t f)
{
    double *value = mem_must(calloc(g->n + 1, sizeof *value)), width;
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        if (isfinite(c->region[g->region[i]].value[f]))
            value[n++] = c->region[g->region[i]].value[f];
    double middle = cohort_robust(value, n, &width);
    for (size_t i = 0; i < g->n; i++) {
        struct cohort_region *r = &c->region[g->region[i]];
        r->deviation[f] = COHORT_LIMIT * (r->value[f] - middle) / width;
        r->is_outlier[f] = isfinite(r->value[f]) && fabs(r->value[f] - middle) > width;
    }
    free(value);
}

void cohort_mark_outliers(struct cohort *c)
{
    for (size_t g = 0; g < c->groups; g++)
        for (size_t f = 0; f < c->features; f++)
            mark_group(c, &c->group[g], f);
}

/* --- frequent names --- */

struct sized {
    size_t group, n;
};

static int by_size(const void *a, const void *b)
{
    const struct sized *x = a, *y = b;
    return x->n != y->n ? (x->n < y->n ? 1 : -1) : (x->group > y->group) - (x->group < y->group);
}

size_t *cohort_by_size(const struct cohort *c)
{
    struct sized *sized = mem_must(calloc(c->groups + 1, sizeof *sized));
    size_t *order = mem_must(calloc(c->groups + 1, sizeof *order));
    for (size_t g = 0; g < c->groups; g++)
        sized[g] = (struct sized){g, c->group[g].n};
    qsort(sized, c->groups, sizeof *sized, by_size);
    for (size_t g = 0; g < c->groups; g++)
        order[g] = sized[g].group;
    free(sized);
    return order;
}
