/* From a manifest to edges: one per image, one per course and source of masks, one per ROI, one per
 * table. Everything that an edge must know of names and files of users goes into a small file of
 * its own below OUTDIR/.radmill/inputs, which is rewritten only when it changes:
 *
 *     inputs/P/C/image.json          the course's files with sizes and times    -> image
 *     inputs/P/C/masks-Manual.json   its structure sets and their ROIs          -> masks
 *     inputs/P/C/table.json          names, records and rows for its tables     -> course
 *
 * so that one touched structure set makes one edge stale, and not its patient. */
#ifndef RADMILL_GRAPH_PLAN_H
#define RADMILL_GRAPH_PLAN_H

#include "graph/graph.h"
#include "graph/settings.h"

#include <jansson.h>

#define INPUTS_DIR  STATE_DIR "/inputs"
#define TICKETS_DIR STATE_DIR "/tickets"
#define RECIPE_FILE INPUTS_DIR "/recipe.yaml"

/* A structure of the recipe, in the order of the file. */
struct plan_custom {
    char *name, *roi_id;
};

struct plan_input {
    const json_t *manifest;
    const struct settings *settings;
    const struct plan_custom *custom;
    size_t customs;
};

/* Adds all edges to g, and writes their inputs. The current folder is OUTDIR. */
bool plan_make(const struct plan_input *in, struct graph *g, struct err *e);

/* How many regions have an edge. */
int plan_features(const struct graph *g);

/* --- parameters (plan_params.c) --- */

struct plan_params {
    char file[64];    /* the copy in OUTDIR; empty: none */
    char command[96]; /* for radfeat's command line */
    char words[64];   /* a file that holds the same: make does not see changed commands */
    char columns[64]; /* CSV header of radfeat's rows with them */
};

/* The parameters for modality "CT", "MR" or "PT"; the same for all of them when nothing was said of
 * that one. */
struct plan_params plan_params_for(const struct settings *s, const char *modality);

/* Copies the parameter files that were given into OUTDIR; an equal copy stays untouched. */
bool plan_copy_params(const struct settings *s, struct err *e);

/* --- one course (plan_course.c) --- */

struct plan_roi {
    const char *source; /* borrowed: name of one of the sources */
    char *roi_id, *name;
    char *reason; /* why it has no edge; NULL: it has one */
    double predicted_mb;
};

struct plan_source {
    char *name;   /* "Manual", "AutoRTS_total", "Custom" */
    char *record; /* of the edge that makes its masks */
    bool has_edge;
};

enum { PLAN_SOURCES = 3 };

struct auto_masks;

struct plan_course {
    const struct plan_input *in;
    struct graph *graph;
    const json_t *course; /* of the manifest */
    const char *dir;      /* PATIENT/COURSE; borrowed */
    char *image_record;
    struct plan_params params;
    struct plan_source source[PLAN_SOURCES];
    size_t sources;
    struct plan_roi *roi;
    size_t rois;
};

/* ".radmill/<kind>/<course>/<rest>" and "<course>/<rest>" (free()). */
char *plan_state(const struct plan_course *c, const char *kind, const char *rest);
char *plan_path(const struct plan_course *c, const char *rest);

/* The source of that name, made when it is new. */
struct plan_source *plan_add_source(struct plan_course *c, const char *name);
void plan_add_roi(struct plan_course *c, const struct plan_source *s, const char *roi_id,
                  const char *name, const char *reason, double predicted_mb);

/* An edge that makes the masks of source s by `tool`, behind the image; beyond its own inputs,
 * which the caller adds. Writes the list of its products. */
struct edge *plan_masks_edge(struct plan_course *c, const char *rule, const char *tool,
                             const struct plan_source *s, struct err *e);

/* Makes `path` a link to a file of the user's, which may have any name; a right one stays. */
bool plan_link(const char *target, const char *path, struct err *e);

/* All edges of a course. */
bool plan_course(struct plan_course *c, const struct auto_masks *masks, struct err *e);
void plan_course_free(struct plan_course *c);

/* Megabytes that features of a region may need, by the voxels of its box. */
double plan_predict_mb(double box_voxels);

/* --- automatic masks (plan_auto.c) --- */

struct auto_mask {
    char *path, *name, *roi_id; /* the user's file, its original name, the minted one */
    const json_t *course;       /* where it goes */
    double voxels;              /* of its grid */
};

struct auto_masks {
    struct auto_mask *item;
    size_t n;
    json_t *left_out; /* rows for left_out.csv */
};

/* Finds the masks below AUTOSEG, the courses that their place names, and whether they fit their
 * grid. No AUTOSEG: none. Release with auto_masks_free, whatever is returned. */
bool auto_masks_find(const struct plan_input *in, struct auto_masks *out, struct err *e);
void auto_masks_free(struct auto_masks *m);

/* The edge of a course's automatic masks. */
bool plan_auto(struct plan_course *c, const struct auto_masks *masks, struct err *e);

#endif
