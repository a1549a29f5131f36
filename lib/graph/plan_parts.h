/* Declarations shared by the files of the plan. */
#ifndef RADMILL_GRAPH_PLAN_PARTS_H
#define RADMILL_GRAPH_PLAN_PARTS_H

#include "graph/plan.h"

/* --- one course --- */

struct plan_source {
    char *name;   /* "Manual", "AutoRTS_total", "Custom" */
    char *record; /* of the edge that makes its masks; NULL: no edge, they exist */
    char *ticket; /* of that record; NULL: no edge */
};

struct plan_roi {
    const struct plan_source *source;
    char *roi_id, *name;
    char *reason; /* why it is not measured; NULL: it is, where it is listed */
    double predicted_mb;
    bool is_listed;  /* false: drawn because a recipe may need it, and not selected */
    bool has_failed; /* what `reason` tells is a failure, not a rule */
    char *standard;  /* by ROI_NAMES; NULL: its own name */
    char *set;       /* group of regions that must not share that name */
};

struct plan_course {
    const struct plan_input *in;
    struct graph *graph;
    const json_t *course; /* of the manifest */
    size_t place;         /* among its courses */
    const char *dir;      /* PATIENT/COURSE, or "." for a folder that is a course; borrowed */
    char *image_record;   /* NULL: no edge, the image exists */
    char *image_ticket;   /* of that record */
    bool has_image_info;
    struct plan_params params;
    struct plan_source **source;
    size_t sources;
    struct plan_roi *roi;
    size_t rois;
};

void plan_course_free(struct plan_course *c);

/* The source of that name, made when it is new, with the record of an edge. */
struct plan_source *plan_add_source(struct plan_course *c, const char *name, bool has_edge);
void plan_add_roi(struct plan_course *c, const struct plan_source *s, const char *roi_id,
                  const char *name, const char *reason, double predicted_mb);

/* --- what is selected, and what it is called (plan_select.c) --- */

struct plan_place {          /* where a region comes from */
    const char *kind, *path; /* as left_out.csv names it */
    const char *set;         /* group of regions that must not share a standard name */
    bool is_original;        /* ROI_NAMES looks at it: no structure of a recipe */
    bool stays;              /* its mask exists or is made in any case */
};

/* As plan_add_roi, for a region that may not be selected: then it goes to left_out. false: it was
 * not added and is not to be drawn. */
bool plan_offer_roi(struct plan_course *c, const struct plan_source *s, const char *roi_id,
                    const char *name, const char *reason, double predicted_mb,
                    const struct plan_place *place);

void plan_fail_roi(struct plan_roi *r, const char *reason);
bool plan_is_measured(const struct plan_roi *r);
bool plan_is_drawn(const struct plan_roi *r);
void plan_find_clashes(struct plan_course *c);

/* Whether any structure of the recipe is selected: then all masks are drawn. */
bool plan_recipe_wanted(const struct plan_input *in);

/* Adds all structures of the recipe to left_out. */
void plan_leave_recipe(const struct plan_course *c);

/* Takes back the last source that was added. */
void plan_drop_source(struct plan_course *c);

/* The course without the regions that are not drawn; json_decref. */
json_t *plan_kept_course(const struct plan_course *c, const struct plan_source *s);

/* Writes the standard names for the edge of a recipe. */
bool plan_write_names(const struct plan_course *c, struct edge *x, struct err *e);

/* Megabytes that features of a region may need, by the voxels of a slab that holds it. */
double plan_predict_mb(double voxels);

/* --- edges --- */

struct auto_masks;

/* Regions and masks, source by source. */
bool plan_manual(struct plan_course *c, struct err *e);
bool plan_auto(struct plan_course *c, const struct auto_masks *masks, struct err *e);
bool plan_custom(struct plan_course *c, struct err *e);

/* Whether TABLES asks for long tables. */
bool plan_has_long(const struct run_settings *s);

/* Features of all regions, and the tables of the course. */
bool plan_results(struct plan_course *c, struct err *e);

/* The edge of _RESULTS/courses.csv, and its input. */
bool plan_courses(const struct plan_input *in, struct graph *g, struct err *e);

/* The edges of the report, unless REPORT=0 (plan_report.c): of a course, behind its table; and of
 * the cohort. */
bool plan_has_report(const struct plan_input *in);
bool plan_course_report(struct plan_course *c, struct err *e);
bool plan_report(const struct plan_input *in, struct graph *g, struct err *e);

/* The edge of _RESULTS/methods.md; and what its job and that of the report both hold: the settings
 * that decide the results as pairs of name and value, and the courses (plan_methods.c). */
bool plan_methods(const struct plan_input *in, struct graph *g, struct err *e);
json_t *plan_settings_in_force(const struct run_settings *s, struct err *e);
json_t *plan_list_courses(const json_t *manifest);

/* All edges of a course of the manifest. */
bool plan_course(struct plan_course *c, const struct auto_masks *masks, struct err *e);

/* An edge that makes the masks of s by `tool`, behind the image; beyond its own inputs, which the
 * caller adds. Writes the list of its products. */
struct edge *plan_masks_edge(struct plan_course *c, const char *rule, const char *tool,
                             const struct plan_source *s, struct err *e);

/* What an edge needs to know of its course: its entry without some members, and the
 * options that its command gets. */
bool plan_write_job(const struct plan_course *c, const json_t *course, const char *path,
                    const char *const *without, const char *options, struct err *e);

/* --- paths (plan_paths.c); all are new strings (free()) --- */

char *plan_path(const struct plan_course *c, const char *rest); /* "<course>/<rest>" */

/* ".radmill/<kind>/<course>/<rest>", and with <stage><source><suffix> for the rest. */
char *plan_state(const struct plan_course *c, const char *kind, const char *rest);
char *plan_state_of(const struct plan_course *c, const char *kind, const char *stage,
                    const char *source, const char *suffix);

/* "<course>/masks/<source>/<roi_id>.nii.gz" */
char *plan_mask(const struct plan_course *c, const char *source, const char *roi_id);

/* Makes `path` a link to a file of the user, which may have any name; a correct link is left alone.
 */
bool plan_link(const char *target, const char *path, struct err *e);

/* As edge_in, edge_out, edge_var; they free the path. */
void edge_take_in(struct edge *x, char *path);
void edge_take_out(struct edge *x, char *path);
void edge_take_var(struct edge *x, const char *name, char *path);

/* A product by its ticket (guard/witness.h). */
void edge_in_ticket(struct edge *x, const char *product);
void edge_out_ticket(struct edge *x, const char *product);

/* The table that an edge makes: its ticket is an output, its path the rule's $table. */
void edge_out_table(struct edge *x, const char *path);

/* An input that may exist without an edge that makes it: its ticket is written here, so that only
 * changes of its content count. */
bool edge_in_product(struct edge *x, const char *product, bool is_made, struct err *e);

/* The outcome of an edge that runs under the guard: its record, and the ticket of it, which is its
 * first output. */
void edge_outcome(struct edge *x, const char *record, const char *ticket);

/* The release and digest of a tool. */
void edge_in_tool(struct edge *x, const char *tool);

/* --- automatic masks (auto_masks.c) --- */

struct auto_mask {
    char *path, *name, *roi_id; /* the user's file, the region's original name, the minted one */
    bool is_label;              /* one of the named labels of a file, not a file of its own */
    const json_t *course;       /* where it goes */
    double voxels;              /* of its grid */
};

struct auto_masks {
    struct auto_mask *item; /* by course, in the manifest's order, then by path */
    size_t n;
    const struct pseudonym_key *key;
    json_t *left_out; /* rows for left_out.csv */
};

/* Finds the masks below AUTOSEG, the courses that their folders name, and whether they fit the
 * courses' grids. No AUTOSEG: none. Release with auto_masks_free, whatever is returned. */
bool auto_masks_find(const struct plan_input *in, struct auto_masks *out, struct err *e);
void auto_masks_free(struct auto_masks *m);

/* Its name in messages and tables: the path, or its pseudonym in `alias`. */
const char *auto_mask_called(const struct auto_masks *m, const char *path,
                             char alias[PSEUDONYM_SIZE]);

/* The ending by which a name is that of a mask file (".nii.gz", ".seg.nrrd", ...); NULL: none does.
 */
const char *auto_mask_ending(const char *file);

#endif
