#include "engine/load/load.h"

#include "engine/load/facts.h"
#include "engine/load/label.h"

#include <string.h>

static bool image_is_known(const struct rcase *c)
{
    return c->image_file.has_stats && c->image_file.sha1[0];
}

/* Has another thread find digests and statistics of the files, if they are wanted. */
static bool begin_facts(struct rcase *c, const struct volume *mask, struct err *e)
{
    return facts_task_begin(c->pool, image_is_known(c) ? NULL : &c->image, mask, &c->facts, e);
}

/* The original state. Without other threads: digests and statistics, too, unless they are known. */
static bool take_original(struct rcase *c, const struct volume *mask, struct snapshots *log,
                          struct err *e)
{
    if (!log)
        return true;
    if (!c->facts)
        facts_of_files(image_is_known(c) ? NULL : &c->image, mask, &c->image_file,
                       c->mask_file.sha1);
    snapshot_image(log, STAGE_ORIGINAL, &c->image, &c->image_file);
    return snapshot_mask(log, STAGE_ORIGINAL, &c->mask, NULL, c->mask_file.sha1, e);
}

void load_complete(struct rcase *c, struct snapshots *log)
{
    if (!c->facts)
        return;
    facts_task_end(c->facts, &c->image_file, c->mask_file.sha1);
    c->facts = NULL;
    struct image_snapshot *image = &log->image[STAGE_ORIGINAL];
    struct mask_snapshot *of_mask = &log->mask[STAGE_ORIGINAL];
    image->stats = c->image_file.stats;
    memcpy(image->sha1, c->image_file.sha1, sizeof image->sha1);
    memcpy(of_mask->sha1, c->mask_file.sha1, sizeof of_mask->sha1);
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
    if (!label_channel(mask, s->label_channel, e))
        return false;
    bool good = (!log || !out->pool || begin_facts(out, mask, e)) &&
                label_select(mask, s->label, &out->mask, e) && take_original(out, mask, log, e);
    if (out->facts)
        facts_task_release(out->facts, mask);
    return good;
}
