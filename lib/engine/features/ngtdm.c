#include "engine/features/tones.h"

#include "base/mem.h"
#include "engine/features/texture.h"
#include "engine/matrices/ngtdm.h"

#include <math.h>
#include <stdlib.h>

double tones_busyness(const struct tones *t)
{
    return t->pair_busyness != 0 ? t->ps / t->pair_busyness : 0;
}

double tones_coarseness(const struct tones *t)
{
    return t->ps != 0 ? 1 / t->ps : 1e6;
}

double tones_complexity(const struct tones *t)
{
    return t->pair_complexity / t->voxels;
}

double tones_contrast(const struct tones *t)
{
    double pairs = t->levels * (t->levels - 1);
    return pairs != 0 ? t->pair_contrast * t->s / t->voxels / pairs : 0;
}

double tones_strength(const struct tones *t)
{
    return t->s != 0 ? t->pair_strength / t->s : 0;
}

struct tone {
    double level, p, s;
};

static void sum_pairs(const struct tone *tone, int64_t n, struct tones *out)
{
    for (int64_t a = 0; a < n; a++)
        for (int64_t b = 0; b < a; b++) {
            struct tone i = tone[a], j = tone[b];
            double apart = i.level - j.level, p = i.p + j.p;
            out->pair_contrast += 2 * (i.p * j.p * (apart * apart));
            out->pair_busyness += 2 * fabs(i.level * i.p - j.level * j.p);
            out->pair_complexity += 2 * (apart * (i.p * i.s + j.p * j.s) / p);
            out->pair_strength += 2 * (p * (apart * apart));
        }
}

static void sum_tones(const struct codes *c, const int64_t *n, const double *s, struct tone *tone,
                      struct tones *out)
{
    int64_t levels = 0;
    *out = (struct tones){0};
    for (int32_t l = 1; l <= c->n; l++)
        out->voxels += (double)n[l];
    for (int32_t l = 1; l <= c->n; l++)
        if (n[l]) {
            tone[levels] = (struct tone){l, (double)n[l] / out->voxels, s[l]};
            out->s += s[l];
            out->ps += tone[levels].p * s[l];
            levels++;
        }
    out->levels = (double)levels;
    sum_pairs(tone, levels, out);
}

static bool count_tones(const struct texture *t, bool lone, struct tones *out, struct err *e)
{
    size_t room = (size_t)t->codes->n + 1;
    int64_t *n = mem_array(room, sizeof *n, e);
    double *s = mem_array(room, sizeof *s, e);
    struct tone *tone = mem_array(room, sizeof *tone, e);
    bool ok = n && s && tone && ngtdm_count(t->codes, &t->directions, lone, n, s, e);
    if (ok)
        sum_tones(t->codes, n, s, tone, out);
    free(n);
    free(s);
    free(tone);
    return ok;
}

bool ngtdm_measure(const struct family *self, const struct family_input *in, const bool *wanted,
                   struct fvalue *out, struct err *e)
{
    const struct real_list *distances = &in->settings->distances;
    struct texture t = {0};
    struct tones tones;
    bool ok =
        texture_open(in, CODES_LEVELS, DIRECTIONS_BOTH, distances->item, distances->n, &t, e) &&
        count_tones(&t, in->arithmetic->counts_lone_tones, &tones, e);
    for (int f = 0; ok && f < self->n_features; f++)
        if (wanted[f])
            out[f] = (struct fvalue){
                .value = ((const struct tones_row *)family_row(self, f))->formula(&tones)};
    texture_close(&t);
    return ok;
}
