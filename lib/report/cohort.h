/* The cohort's page and the list of its regions, from the tables of _RESULTS.
 *
 * The job (inputs/report.json): {"settings": [[name, value]...], "courses": [{"course_dir",
 * "patient_id", "id", "modality"}...]}. Everything else is in the tables, so that the page says
 * what they say. Nothing that differs from run to run is on the page. */
#ifndef RADMILL_REPORT_COHORT_H
#define RADMILL_REPORT_COHORT_H

#include "report/html.h"

#include <jansson.h>

enum { COHORT_FEATURES = 4 };

/* A value that is further from the median is an outlier; in scaled median absolute deviations
 * (Iglewicz and Hoaglin 1993). */
#define COHORT_LIMIT 3.5

struct cohort_region {
    const char *patient, *course, *modality, *source, *name, *roi_id, *state, *reason;
    size_t group;                      /* of cohort.group */
    double value[COHORT_FEATURES];     /* NAN: none */
    double deviation[COHORT_FEATURES]; /* from the group's median, in scaled median absolute
                                        * deviations; 0 or NAN where there is no such measure */
    bool is_outlier[COHORT_FEATURES];
};

/* Regions of one modality, source and name. */
struct cohort_group {
    const char *modality, *source, *name;
    size_t *region, n; /* in the order of the table */
};

struct cohort_course {
    const char *patient, *id, *modality, *dir;
    size_t ok, skipped, failed, outliers;
};

struct cohort {
    const json_t *job;
    json_t *texts;    /* owns the texts */
    json_t *left_out; /* "kind: reason in general" -> count */
    json_t *kinds;    /* kind -> count */
    size_t n_left_out;
    struct cohort_region *region;
    size_t n;
    struct cohort_group *group;
    size_t groups;
    struct cohort_course *course; /* by patient and id */
    size_t courses;
    size_t patients;
    const char *feature[COHORT_FEATURES], *unit[COHORT_FEATURES]; /* columns of radiomics.csv */
    size_t features;
};

/* Reads the tables in `folder`: courses, regions with their states, and what was left out.
 * cohort_read reads the features too and finds outliers. Both end with cohort_free, also when they
 * return false. */
bool cohort_read_states(struct cohort *c, const json_t *job, const char *folder, struct err *e);
bool cohort_read(struct cohort *c, const json_t *job, const char *folder, struct err *e);
void cohort_free(struct cohort *c);

/* The course of a region; NULL: not in the job. */
struct cohort_course *cohort_course_of(const struct cohort *c, const char *patient,
                                       const char *course);

/* Fills deviation and is_outlier; cohort_read has done it. */
void cohort_mark_outliers(struct cohort *c);

/* The groups by the number of their regions, largest first, equal ones as they are; free(). */
size_t *cohort_by_size(const struct cohort *c);

/* Median, and the half width beyond which a value is an outlier: 3.5 scaled median absolute
 * deviations. *width is infinite for fewer than 5 values, or where most are equal. */
double cohort_robust(const double *value, size_t n, double *width);

/* Of the regions that were not measured: "state, source: reason in general" -> how many;
 * json_decref. */
json_t *cohort_reasons(const struct cohort *c);

/* The pages: of the cohort, and of all its regions (report/regions.html). */
void cohort_page(const struct cohort *c, struct html *h);
void cohort_regions_page(const struct cohort *c, struct html *h);

/* Parts of the cohort's page (cohort_plots.c, cohort_map.c). */
void cohort_distributions(const struct cohort *c, struct html *h);
void cohort_heat_map(const struct cohort *c, struct html *h);

/* The place of a region below `report/`, with its anchor; nothing when its course has no page. */
void cohort_href(const struct cohort *c, const struct cohort_region *r, struct str *out);

/* A link to it; `up` leads from the page to `report/`: "report/" or "". */
void cohort_link(const struct cohort *c, const struct cohort_region *r, const char *up,
                 struct html *h);

bool cohort_of_job(const json_t *job, const char *folder, const char *out, const char *regions,
                   struct err *e);

#endif
