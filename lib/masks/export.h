/* Regions of sources to mask files and the list of them, masks.json. */
#ifndef RADMILL_MASKS_EXPORT_H
#define RADMILL_MASKS_EXPORT_H

#include "masks/source.h"

#include <jansson.h>

/* One region to be written. */
struct export_roi {
    const struct mask_source *source;
    size_t roi;      /* in source */
    char roi_id[80]; /* minted: the stem of its file */
    bool wanted;
    bool left_out; /* the scan left it out of the course */
};

struct export_list {
    struct export_roi *item;
    size_t n;
};

/* All regions of all sources, wanted, with minted names; siblings are all of them. Two of one name
 * are told apart by the UID of their set (or their path) and their number. free(list->item). */
void export_gather(const struct mask_source *source, size_t n, struct export_list *list);

/* Takes roi_ids from a manifest's course (course/manifest.h), so that names agree with the graph's
 * when several structure sets serve the course: by SOP instance UID and number. A region of these
 * sets that the course does not list was left out by the scan, and has no mask. */
void export_take_ids(struct export_list *list, const json_t *course);

/* Only regions whose original name or roi_id is among `names` stay wanted (none given: all do).
 * ERR_REFUSED: a name that matches nothing, with the nearest one that does. */
bool export_select(struct export_list *list, const char *const *names, size_t n, struct err *e);

/* Paints every wanted region and writes DIR/<roi_id>.nii.gz, and DIR/masks.json last. Files that
 * come out equal stay untouched. A file of a region that has no mask any more is removed.
 * t->voxel is ignored; *refused: how many regions were refused (other grid, say).
 * Error: I/O, memory; ERR_USAGE when a mask would replace the file that it comes from. */
bool export_folder(const struct export_list *list, const struct mask_target *t, const char *folder,
                   size_t *refused, struct err *e);

/* The one wanted region to a file or "-". ERR_USAGE: not exactly one; ERR_REFUSED: it has no mask.
 */
bool export_single(const struct export_list *list, const struct mask_target *t, const char *path,
                   struct err *e);

#endif
