/* matrices [LEVELS [RADIUS [ROW]]]: nanoseconds of processor time per ROI voxel of every texture
 * kernel and family (or of those whose name holds ROW), minimum over repeats, on a ball of about
 * 10^6 voxels (radius 62) with a smooth field and noise, distances 1 and 2. */
#include "scene.h"

#include "base/num.h"
#include "engine/features/families.h"
#include "engine/features/texture_cache.h"
#include "engine/matrices/glcm.h"
#include "engine/matrices/gldm.h"
#include "engine/matrices/glrlm.h"
#include "engine/matrices/glszm.h"
#include "engine/matrices/ngtdm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPEATS = 7 };

struct kernels {
    struct scene scene;
    struct directions half1, half, both; /* distance 1; distances 1 and 2 */
    struct codes dense, by_level;
    struct cells cells;
    struct err e;
};

static bool codes_only(struct kernels *s)
{
    const struct levels *l = &s->scene.levels;
    struct codes c = {0};
    struct outline ol;
    bool ok = outline_create(l->mask, l->size, &ol, &s->e) &&
              codes_create(l, &ol, s->half.reach, CODES_DENSE, &c, &s->e);
    outline_free(&ol);
    codes_free(&c);
    return ok;
}

static bool glcm_only(struct kernels *s)
{
    struct glcm g;
    bool ok = glcm_open(&g, &s->dense, &s->half, true, &s->e);
    for (int i = 0; ok && i < s->half.n; i++)
        ok = glcm_matrix(&g, i, &s->cells, &s->e);
    glcm_close(&g);
    return ok;
}

static bool glrlm_only(struct kernels *s)
{
    struct glrlm g;
    bool ok = glrlm_open(&g, &s->dense, &s->half1, false, &s->e);
    for (int i = 0; ok && i < s->half1.n; i++)
        ok = glrlm_matrix(&g, i, &s->cells, &s->e);
    glrlm_close(&g);
    return ok;
}

static bool glszm_only(struct kernels *s)
{
    return glszm_count(&s->dense, &s->half1, &s->cells, &s->e);
}

static bool gldm_only(struct kernels *s)
{
    return gldm_count(&s->dense, &s->both, 0, &s->cells, &s->e);
}

static bool ngtdm_only(struct kernels *s)
{
    int64_t *n = calloc((size_t)s->by_level.n + 1, sizeof *n);
    double *sum = calloc((size_t)s->by_level.n + 1, sizeof *sum);
    bool ok = n && sum && ngtdm_count(&s->by_level, &s->both, true, n, sum, &s->e);
    free(n);
    free(sum);
    return ok;
}

static bool family(struct kernels *s, const struct family *f)
{
    static double distances[] = {1, 2};
    struct settings settings = settings_default();
    settings.image.family.distances = (struct real_list){.item = distances, .n = 2};
    struct texture_cache shared = {0};
    struct family_input in = {&s->scene.response, &s->scene.levels, &settings.image.family,
                              &shared};
    bool wanted[64];
    struct fvalue out[64];
    memset(wanted, 1, sizeof wanted);
    bool ok = family_measure(f, &in, wanted, out, &s->e);
    texture_cache_free(&shared);
    return ok;
}

static bool glcm_family(struct kernels *s)
{
    return family(s, &family_glcm);
}

static bool glrlm_family(struct kernels *s)
{
    return family(s, &family_glrlm);
}

static bool glszm_family(struct kernels *s)
{
    return family(s, &family_glszm);
}

static bool gldm_family(struct kernels *s)
{
    return family(s, &family_gldm);
}

static bool ngtdm_family(struct kernels *s)
{
    return family(s, &family_ngtdm);
}

static const struct {
    const char *name;
    bool (*run)(struct kernels *s);
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

static bool open_kernels(struct kernels *s)
{
    static const double distances[] = {1, 2};
    const struct levels *l = &s->scene.levels;
    struct outline ol;
    return outline_create(l->mask, l->size, &ol, &s->e) &&
           directions_create(ol.tight.size, distances, 1, -1, DIRECTIONS_HALF, &s->half1, &s->e) &&
           directions_create(ol.tight.size, distances, 2, -1, DIRECTIONS_HALF, &s->half, &s->e) &&
           directions_create(ol.tight.size, distances, 2, -1, DIRECTIONS_BOTH, &s->both, &s->e) &&
           codes_create(l, &ol, s->half.reach, CODES_DENSE, &s->dense, &s->e) &&
           codes_create(l, &ol, s->half.reach, CODES_LEVELS, &s->by_level, &s->e);
}

int main(int argc, char **argv)
{
    int64_t levels = 70, radius = 62;
    if ((argc > 1 && !num_parse_int(argv[1], &levels)) ||
        (argc > 2 && !num_parse_int(argv[2], &radius)))
        return 2;
    static struct kernels s;
    if (!scene_make(&s.scene, (int)radius, (int)levels, &s.e) || !open_kernels(&s))
        return 1;
    printf("%lld voxels, %lld levels\n", (long long)s.scene.levels.n_voxels, (long long)levels);
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (argc > 3 && !strstr(row[i].name, argv[3]))
            continue;
        double best = 1e9;
        for (int k = 0; k < REPEATS; k++) {
            double start = scene_seconds();
            if (!row[i].run(&s)) {
                fprintf(stderr, "matrices: %s: %s\n", row[i].name, s.e.text);
                return 1;
            }
            double took = scene_seconds() - start;
            best = took < best ? took : best;
        }
        printf("%-26s %8.2f ms %8.2f ns a voxel\n", row[i].name, 1e3 * best,
               1e9 * best / (double)s.scene.levels.n_voxels);
    }
    return 0;
}
