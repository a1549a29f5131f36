/* Files that hold regions of interest, whatever their format.
 *
 *   file -> source (names, numbers) -> one region painted onto the reference grid -> mask
 *
 * Formats are rows of a table (source.c; what they share: regions.h); the first that recognises the
 * file's content opens it. A region without a mask is not an error of the run: its mask_paint says
 * why, so that no region is dropped silently. */
#ifndef RADMILL_MASKS_SOURCE_H
#define RADMILL_MASKS_SOURCE_H

#include "base/err.h"
#include "base/str.h"
#include "vol/grid.h"

#include <stddef.h>
#include <stdint.h>

struct mask_source;

/* One region painted. Zero-initialise; release with mask_paint_free. */
struct mask_paint {
    struct box touched;    /* holds every voxel that was set; empty: none was */
    struct str_list notes; /* what was odd, in words */
    char reason[512];      /* why there is no mask; empty: there may be one */
    bool refused;          /* the reason is a fault of the input, not an empty region */
};

void mask_paint_free(struct mask_paint *p);

/* Where to paint. */
struct mask_target {
    struct grid grid;
    uint8_t *voxel; /* grid_voxels bytes, x fastest; zero before, 0 and 1 after */
    bool resample;  /* other grids in the same frame of reference are resampled by nearest neighbour
                       instead of refused */
    const char *frame_uid; /* Frame of Reference UID of the image; NULL or empty: not known */
    bool any_frame;        /* a region of another frame is noted instead of refused */
};

struct mask_format {
    const char *name;
    bool (*recognise)(const char *path);
    /* Fills names, numbers and state. names_only: no region will be painted. */
    bool (*open)(const char *path, bool names_only, struct mask_source *s, struct err *e);
    /* Fills uid, label and regions from the header of a file that open refused. */
    bool (*name_regions)(const char *path, struct mask_source *s, struct err *e);
    /* false only when the run cannot go on (memory, a file that vanished). */
    bool (*paint)(const struct mask_source *s, size_t roi, const struct mask_target *t,
                  struct mask_paint *out, struct err *e);
    void (*close)(struct mask_source *s);
};

struct mask_roi {
    char *name;     /* original; UTF-8 as far as the file allows; may be empty */
    int64_t number; /* ROI number, segment number or label value */
    char *refusal;  /* why it has no mask on any grid; NULL: it may have one */
    bool unnamed;   /* its contours or frames have a number that no item of the file defines */
    bool any_frame; /* the scan accepted another frame of reference: it is no reason to refuse the
                       region */
    bool frame_overridden; /* and only because the user asked for it */
    struct str_list notes; /* what was odd before anything was painted, in words */
};

struct mask_source {
    const struct mask_format *format;
    char *path;
    char *uid;   /* SOP Instance UID; empty for files that have none */
    char *label; /* of the structure set or segmentation; may be empty */
    struct mask_roi *roi;
    size_t rois;
    char *refusal; /* why none of its regions can be painted; NULL: they can */
    void *state;   /* private to the format */
};

/* ERR_REFUSED: no format recognises the file, the one that does cannot read it, or it names no
 * region. Release with source_close. */
bool source_open(const char *path, bool names_only, struct mask_source *s, struct err *e);

/* For a file that source_open refused with `why`: takes the regions that its header names and
 * refuses each with that reason, so that regions of other files can go on. ERR_REFUSED, with `why`:
 * the header names none. */
bool source_open_refused(const char *path, const char *why, struct mask_source *s, struct err *e);

bool source_paint(const struct mask_source *s, size_t roi, const struct mask_target *t,
                  struct mask_paint *out, struct err *e);
void source_close(struct mask_source *s); /* a zeroed one is fine */

/* Appends path itself, or, when it is a folder, the label maps in it in the order of their names
 * (one file per class, as TotalSegmentator leaves them). ERR_REFUSED: none in the folder. */
bool source_files(const char *path, struct str_list *out, struct err *e);

/* The rows of the table. */
extern const struct mask_format mask_format_rtstruct;
extern const struct mask_format mask_format_seg;
extern const struct mask_format mask_format_labels; /* NIfTI, NRRD, MetaImage */

#endif
