#include "engine/load/load.h"

#include "engine/load/facts.h"
#include "engine/load/label.h"
#include "io/volume_file.h"

#include <string.h>

bool load_volume(const char *path, struct volume *out, struct err *e)
{
    return volume_file_read(path, out, e);
}

/* Digest and statistics of the files, as far as the log wants them and they are not known. */
static bool take_original(struct rcase *c, const struct volume *mask, struct snapshots *log,
                          struct err *e)
{
    if (!log)
        return true;
    bool known = c->image_file.has_stats && c->image_file.sha1[0];
    facts_of_files(known ? NULL : &c->image, mask, &c->image_file, c->mask_file.sha1);
    snapshot_image(log, STAGE_ORIGINAL, &c->image, &c->image_file);
    return snapshot_mask(log, STAGE_ORIGINAL, &c->mask, NULL, c->mask_file.sha1, e);
}

bool load_from_volumes(struct volume *image, struct volume *mask, const struct file_facts *known,
                       const struct load_settings *s, struct snapshots *log, struct rcase *out,
                       struct err *e)
{
    *out = (struct rcase){.image = *image};
    *image = (struct volume){0};
    if (known)
        out->image_file = *known;
    if (out->image.channels != 1)
        return err_set(e, ERR_REFUSED, "the image has %d components a voxel, not one",
                       out->image.channels);
    if (!grid_settle(&out->image.grid, e))
        return err_wrap(e, "the image");
    if (!grid_settle(&mask->grid, e))
        return err_wrap(e, "the mask");
    return label_channel(mask, s->label_channel, e) &&
           label_select(mask, s->label, &out->mask, e) && take_original(out, mask, log, e);
}

/* Puts the file in front of a cause that lies in its voxels: the mask's, but for an image of
 * several components. */
static bool name_file(const struct load_request *request, const struct rcase *c, struct err *e)
{
    const char *path = c->image.channels != 1 ? request->image : request->mask;
    return e && e->code == ERR_REFUSED
               ? err_wrap(e, "%s", strcmp(path, "-") == 0 ? "standard input" : path)
               : false;
}

bool load_case(const struct load_request *request, const struct load_settings *s,
               struct snapshots *log, struct rcase *out, struct err *e)
{
    struct volume image = {0}, mask = {0};
    struct file_facts known = {0};
    *out = (struct rcase){0};
    bool good = load_volume(request->image, &image, e) &&
                (!request->image_info || facts_read(request->image_info, &image.grid, &known, e));
    if (good && !load_volume(request->mask, &mask, e))
        good = false;
    if (good && !load_from_volumes(&image, &mask, &known, s, log, out, e))
        good = name_file(request, out, e);
    volume_free(&image);
    volume_free(&mask);
    return good;
}
