/* What a paper must say of a run: _RESULTS/methods.md, text and tables in the terms and with the
 * codes of the Image Biomarker Standardisation Initiative (IBSI), and for each statement the items
 * of the guidelines that ask for it:
 *
 *   IBSI     its reporting guidelines (reference manual, chapter 4), items 1 to 76
 *   CLEAR    CheckList for EvaluAtion of Radiomics research (doi 10.1186/s13244-023-01415-8), 1 to
 * 58 METRICS  METhodological RadiomICs Score (doi 10.1186/s13244-023-01572-w), 1 to 30
 *
 * Statements are rows of a registry (items.c, steps.c). What they say is read from the parameters
 * in force, as the engine holds them, and from the tables of the run: nothing is said because a
 * preset has a name. The same results give the same bytes.
 *
 * The job (inputs/methods.json):
 *   {"parameters": [{"modalities": ["CT", ...], "profile", "preset", "path", "name", "sha1"}...],
 *    "courses": as in report/cohort.h, "settings": [[name, value]...], "suv": true or false,
 *    "structures": [{"name", "operation", "sources": [...]}...]}
 * A member of "parameters" that does not apply is not there. */
#ifndef RADMILL_REPORT_METHODS_METHODS_H
#define RADMILL_REPORT_METHODS_METHODS_H

#include "engine/result/columns.h"
#include "report/cohort.h"
#include "report/methods/md.h"

/* Courses that were measured with the same parameters. */
struct methods_group {
    char *modalities;                   /* "CT, MR" */
    const char *preset, *file, *digest; /* where they come from; NULL: not from there */
    struct params *params;
    struct params *defaults; /* of their profile */
    struct columns columns;  /* of images of three axes */
    const char *unit;        /* of unfiltered images, with a blank in front: " HU"; "": unknown */
};

struct methods {
    const json_t *job;
    const char *folder; /* of the tables */
    struct cohort cohort;
    struct methods_group *group;
    size_t groups;
};

/* Reads the job's parameters and the tables in `folder`. Ends with methods_free, also when it
 * returns false. */
bool methods_read(struct methods *m, const json_t *job, const char *folder, struct err *e);
void methods_free(struct methods *m);

/* The document. false: courses.csv cannot be read. */
bool methods_page(const struct methods *m, struct md *page, struct err *e);

/* Reads, writes the page to `out`. */
bool methods_of_job(const json_t *job, const char *folder, const char *out, struct err *e);

#endif
