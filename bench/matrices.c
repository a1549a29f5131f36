/* matrices [LEVELS [RADIUS [ROW]]]: nanoseconds of processor time per ROI voxel of every texture
 * kernel and family (or of those whose name holds ROW), minimum over repeats, on a ball of about
 * 10^6 voxels (radius 62) with a smooth field and noise, distances 1 and 2. */
#include "base/num.h"
#include "engine/features/families.h"
#include "engine/features/texture_cache.h"
#include "engine/matrices/glcm.h"
#include "engine/matrices/gldm.h"
#include "engine/matrices/glrlm.h"
#include "engine/matrices/glszm.h"
#include "engine/matrices/ngtdm.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REPEATS = 7 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct levels ball(int radius, int levels)
{
    int64_t side = 2 * radius + 1 + 10; /* a margin of 5, as the filters leave it */
    struct levels l = {.size = {side, side, side}, .spacing_mm = {1, 1, 1}, .n_levels = levels};
    uint16_t *level = calloc((size_t)(side * side * side), sizeof *level);
    uint8_t *mask = calloc((size_t)(side * side * side), sizeof *mask);
    l.count = calloc((size_t)levels + 1, sizeof *l.count);
    uint64_t bits = 88172645463325252ull;
    for (int64_t i = 0; level && mask && l.count && i < side * side * side; i++) {
        double x = (double)(i % side - side / 2), y = (double)(i / side % side - side / 2);
        double z = (double)(i / side / side - side / 2), noise = 0;
        if (x * x + y * y + z * z > (double)radius * radius + radius)
            continue;
        for (int k = 0; k < 4; k++) {
            bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
            noise += (double)(bits >> 11) * 0x1p-53 - 0.5;
        }
        double value = 0.5 + 0.15 * (sin(x / 9) + sin(y / 11) + cos(z / 13)) + 0.12 * noise;
        int code = 1 + (int)(value * levels);
        level[l.n_voxels] = (uint16_t)(code < 1 ? 1 : code > levels ? levels : code);
        l.count[level[l.n_voxels++]]++;
        mask[i] = 1;
    }
    l.level = level;
    l.mask = mask;
    return l;
}

struct scene {
    struct levels levels;
    struct directions half1, half, both; /* distance 1; distances 1 and 2 */
    struct codes dense, by_level;
    struct cells cells;
    struct err e;
};

static bool codes_only(struct scene *s)
{
    const struct levels *l = &s->levels;
    struct codes c = {0};
    struct outline ol;
    bool ok =
        outline_create(l->mask, l->size, &ol, &s->e) &&
        codes_create(l->level, &ol, l->n_levels, l->count, s->half.reach, CODES_DENSE, &c, &s->e);
    outline_free(&ol);
    codes_free(&c);
    return ok;
}

static bool glcm_only(struct scene *s)
{
    struct glcm g;
    bool ok = glcm_open(&g, &s->dense, &s->half, true, &s->e);
    for (int i = 0; ok && i < s->half.n; i++)
        ok = glcm_matrix(&g, i, &s->cells, &s->e);
    glcm_close(&g);
    return ok;
}

static bool glrlm_only(struct scene *s)
{
    struct glrlm g;
    bool ok = glrlm_open(&g, &s->dense, &s->half1, &s->e);
    for (int i = 0; ok && i < s->half1.n; i++)
        ok = glrlm_matrix(&g, i, &s->cells, &s->e);
    glrlm_close(&g);
    return ok;
}

static bool glszm_only(struct scene *s)
{
    return glszm_count(&s->dense, &s->half1, &s->cells, &s->e);
}

static bool gldm_only(struct scene *s)
{
    return gldm_count(&s->dense, &s->both, 0, &s->cells, &s->e);
}

static bool ngtdm_only(struct scene *s)
{
    int64_t *n = calloc((size_t)s->by_level.n + 1, sizeof *n);
    double *sum = calloc((size_t)s->by_level.n + 1, sizeof *sum);
    bool ok = n && sum && ngtdm_count(&s->by_level, &s->both, n, sum, &s->e);
    free(n);
    free(sum);
    return ok;
}

static bool family(struct scene *s, const struct family *f)
{
    static double distances[] = {1, 2};
    struct settings settings = settings_default();
    settings.distances = (struct real_list){.item = distances, .n = 2};
    struct response response = {.grid = {.dims = 3}};
    struct texture_cache shared = {0};
    struct family_input in = {&response, &s->levels, &settings, &shared};
    bool wanted[64];
    struct fvalue out[64];
    memset(wanted, 1, sizeof wanted);
    bool ok = f->compute(&in, wanted, out, &s->e);
    texture_cache_free(&shared);
    return ok;
}

static bool glcm_family(struct scene *s)
{
    return family(s, &family_glcm);
}

static bool glrlm_family(struct scene *s)
{
    return family(s, &family_glrlm);
}

static bool glszm_family(struct scene *s)
{
    return family(s, &family_glszm);
}

static bool gldm_family(struct scene *s)
{
    return family(s, &family_gldm);
}

static bool ngtdm_family(struct scene *s)
{
    return family(s, &family_ngtdm);
}

static const struct {
    const char *name;
    bool (*run)(struct scene *s);
} row[] = {
    {"codes", codes_only},
    {"glcm, 62 directions", glcm_only},
    {"glrlm, 13 directions", glrlm_only},
    {"glszm", glszm_only},
    {"gldm, distances 1 and 2", gldm_only},
    {"ngtdm, distances 1 and 2", ngtdm_only},
    {"family glcm", glcm_family},
    {"family glrlm", glrlm_family},
    {"family glszm", glszm_family},
    {"family gldm", gldm_family},
    {"family ngtdm", ngtdm_family},
};

static bool open_scene(struct scene *s)
{
    static const double distances[] = {1, 2};
    const struct levels *l = &s->levels;
    struct outline ol;
    return l->level && l->mask && outline_create(l->mask, l->size, &ol, &s->e) &&
           directions_create(ol.tight.size, distances, 1, -1, DIRECTIONS_HALF, &s->half1, &s->e) &&
           directions_create(ol.tight.size, distances, 2, -1, DIRECTIONS_HALF, &s->half, &s->e) &&
           directions_create(ol.tight.size, distances, 2, -1, DIRECTIONS_BOTH, &s->both, &s->e) &&
           codes_create(l->level, &ol, l->n_levels, l->count, s->half.reach, CODES_DENSE, &s->dense,
                        &s->e) &&
           codes_create(l->level, &ol, l->n_levels, l->count, s->half.reach, CODES_LEVELS,
                        &s->by_level, &s->e);
}

int main(int argc, char **argv)
{
    int64_t levels = 70, radius = 62;
    if ((argc > 1 && !num_parse_int(argv[1], &levels)) ||
        (argc > 2 && !num_parse_int(argv[2], &radius)))
        return 2;
    struct scene s = {.levels = ball((int)radius, (int)levels)};
    if (!open_scene(&s))
        return 1;
    printf("%lld voxels, %lld levels\n", (long long)s.levels.n_voxels, (long long)levels);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (argc > 3 && !strstr(row[i].name, argv[3]))
            continue;
        double best = 1e9;
        for (int k = 0; k < REPEATS; k++) {
            double start = seconds();
            if (!row[i].run(&s)) {
                fprintf(stderr, "matrices: %s: %s\n", row[i].name, s.e.text);
                return 1;
            }
            double took = seconds() - start;
            best = took < best ? took : best;
        }
        printf("%-26s %8.2f ms %8.2f ns a voxel\n", row[i].name, 1e3 * best,
               1e9 * best / (double)s.levels.n_voxels);
    }
    return 0;
}
