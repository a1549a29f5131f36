#include "engine/files/load_files.h"

#include "io/json.h"
#include "io/volume_file.h"
#include "pool/pool.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* An image.json that was left beside another image would change values without a word. */
static bool check_size(const char *path, const json_t *root, const struct grid *grid, struct err *e)
{
    double size[3];
    if (!json_get_reals(root, "size", 3, size))
        return true;
    for (int d = 0; d < 3; d++)
        if (size[d] != (double)grid->size[d])
            return err_set(
                e, ERR_REFUSED,
                "%s: describes another image: size along %c: %g, that of the image %" PRId64, path,
                "xyz"[d], size[d], grid -> size[d]);
    return true;
}

bool facts_read(const char *path, const struct grid *grid, struct file_facts *out, struct err *e)
{
    json_t *root = json_read(path, e);
    if (!root || !check_size(path, root, grid, e)) {
        json_decref(root);
        return false;
    }
    out->has_stats = json_get_real(root, "minimum", &out->stats.minimum) &&
                     json_get_real(root, "maximum", &out->stats.maximum) &&
                     json_get_real(root, "mean", &out->stats.mean);
    snprintf(out->sha1, sizeof out->sha1, "%s",
             json_get_text(json_object_get(root, "digests"), "sha1", ""));
    json_decref(root);
    return true;
}

/* Puts a file's name in front of an error about its voxels: the mask's name, except for an image of
 * several components. */
static bool name_file(const struct load_request *request, const struct rcase *c, struct err *e)
{
    const char *path = c->image.channels != 1 ? request->image : request->mask;
    return e && e->code == ERR_REFUSED
               ? err_wrap(e, "%s", strcmp(path, "-") == 0 ? "standard input" : path)
               : false;
}

/* The two files of a case. */
struct reading {
    const char *path[2];
    struct volume *to[2];
    bool good[2];
    struct err why[2];
};

static void read_file(void *user, int i)
{
    struct reading *r = user;
    r->good[i] = volume_file_read(r->path[i], r->to[i], &r->why[i]);
}

/* Image and mask, side by side where there are two threads for them: unpacking cannot be shared
 * otherwise. The first error counts. */
static bool read_files(const struct load_request *request, struct pool *pool, struct volume *image,
                       struct volume *mask, struct file_facts *known, struct err *e)
{
    struct reading r = {.path = {request->image, request->mask}, .to = {image, mask}};
    bool both = pool && volume_file_is_ours(r.path[0]) && volume_file_is_ours(r.path[1]);
    if (both)
        pool_for(pool, 2, read_file, &r);
    for (int i = 0; i < 2; i++) {
        if (!both)
            read_file(&r, i);
        if (!r.good[i] && e)
            *e = r.why[i];
        if (!r.good[i] || (i == 0 && request->image_info &&
                           !facts_read(request->image_info, &image->grid, known, e)))
            return false;
    }
    return true;
}

bool load_case(const struct load_request *request, const struct load_settings *s,
               struct snapshots *log, struct rcase *out, struct err *e)
{
    struct volume image = {0}, mask = {0};
    struct file_facts known = {0};
    *out = (struct rcase){.pool = out->pool};
    bool good = read_files(request, out->pool, &image, &mask, &known, e);
    if (good && !load_from_volumes(&image, &mask, &known, s, log, out, e))
        good = name_file(request, out, e);
    volume_free(&image);
    volume_free(&mask);
    return good;
}
