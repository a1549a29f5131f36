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
#include "graph/select.h"
#include "graph/settings.h"
#include "names/pseudonym.h"

#include <jansson.h>

#define INPUTS_DIR   STATE_DIR "/inputs"
#define TICKETS_DIR  STATE_DIR "/tickets"
#define RECIPE_FILE  INPUTS_DIR "/recipe.yaml"
#define LEFT_OUT_JOB INPUTS_DIR "/left_out.json"

struct plan_input {
    const json_t *manifest; /* NULL for plan_folder */
    const struct run_settings *settings;
    const struct pseudonym_key *key; /* the key of the manifest's pseudonyms; zeroed: none */
    struct selection *selection;     /* updated with what it selects */
    const json_t *recipe; /* structures by `boolstruct --list`: name, roi_id, ...; NULL: none */
};

/* Adds all edges to g, and writes their inputs. The current folder is OUTDIR. */
bool plan_make(const struct plan_input *in, struct graph *g, struct err *e);

/* The same for the current folder alone, which is a course: image.nii, and masks/<source>/<roi>
 * that exist already. `where` is its absolute path. */
bool plan_folder(const struct plan_input *in, const char *where, struct graph *g, struct err *e);

/* Takes the tables of these courses (their folders) out of the edges that merge tables, and out of
 * the lists that these read. */
bool plan_merge_without(struct graph *g, const struct str_list *courses, struct err *e);

/* How many regions have an edge. */
int plan_features(const struct graph *g);

/* --- parameters (plan_params.c) --- */

struct plan_params {
    char file[64];     /* the copy in OUTDIR; empty: none */
    char command[128]; /* for radfeat's command line */
    char words[64]; /* a file that says what radfeat is told: make does not see changed commands */
    char columns[64]; /* CSV header of radfeat's rows with them */
    const char *source,
        *preset;         /* the user's file (borrowed from the settings) or a name, or NULL */
    const char *profile; /* PROFILE, or NULL */
    bool is_long;        /* rows are written in the long format, too */
};

/* The parameters for modality "CT", "MR" or "PT"; the common ones when that modality has none of
 * its own. */
struct plan_params plan_params_for(const struct run_settings *s, const char *modality);

/* Copies the parameter files that were given into OUTDIR; an equal copy stays untouched. */
bool plan_copy_params(const struct run_settings *s, struct err *e);

#endif
