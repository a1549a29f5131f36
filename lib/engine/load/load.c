#include "engine/load/load.h"

#include "engine/load/facts.h"
#include "engine/load/label.h"

/* Computes digest and statistics of the files, if they are wanted and not known yet. */
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
    *out = (struct rcase){.image = *image, .pool = out->pool};
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
