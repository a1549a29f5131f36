/* Which regions of a cohort are measured, and what they are called: ROIS, SKIP_ROIS, ROI_NAMES. */
#ifndef RADMILL_GRAPH_SELECT_H
#define RADMILL_GRAPH_SELECT_H

#include "graph/roi_names.h"
#include "graph/settings.h"

#include <jansson.h>

struct selection { /* zeroed: everything, under its own name */
    struct str_list rois, skip;
    bool *rois_took, *skip_took; /* by pattern: it took a region */
    struct roi_names names;
    bool has_names;
    json_t *left_out; /* rows for left_out.csv */
    json_t *unnamed;  /* original name -> how many regions no pattern of ROI_NAMES took */
};

/* Reads what the settings say. ERR_REFUSED: the file of names. Release with selection_free. */
bool selection_make(const struct run_settings *s, struct selection *out, struct err *e);
void selection_free(struct selection *s);

/* Why a region of this original or recipe name is not measured; NULL: it is. Static. */
const char *selection_refuses(struct selection *s, const char *name);

/* The standard name of a region; NULL: it keeps its own. *clash: appended, why no standard name can
 * be given. */
const char *selection_name(struct selection *s, const char *original, struct str *clash);

/* Prints names that no pattern matched, and patterns that matched no name. */
void selection_tell(const struct selection *s);

#endif
