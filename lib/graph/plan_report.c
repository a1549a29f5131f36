/* The edges of the report: pictures and a page for each course, a page for the cohort. Pictures
 * depend on the image and the masks alone, so that new parameters draw nothing again, and nothing
 * but the report stands behind any of these edges. */
#include "graph/plan_parts.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REPORT_DIR   "_RESULTS/report"
#define REPORT_PAGE  "_RESULTS/report.html"
#define REGIONS_PAGE REPORT_DIR "/regions.html"
#define REPORT_JOB   INPUTS_DIR "/report.json"

bool plan_has_report(const struct plan_input *in)
{
    return strcmp(settings_get(in->settings, SET_REPORT), "1") == 0;
}

/* "<before><course><after>" (free()). */
static char *beside(const struct plan_course *c, const char *before, const char *after)
{
    struct str s = {0};
    str_addf(&s, "%s%s%s", before, c->dir, after);
    return str_take(&s);
}

/* --- pictures --- */

static bool add_region(struct plan_course *c, const struct plan_roi *r, struct edge *x,
                       json_t *list, struct err *e)
{
    char *mask = plan_mask(c, r->source->name, r->roi_id);
    struct str picture = {0};
    str_addf(&picture, REPORT_DIR "/%s/%s-%s.png", c->dir, r->source->name, r->roi_id);
    json_t *o = json_object();
    json_object_set_new(o, "source", json_string(r->source->name));
    json_object_set_new(o, "roi_id", json_string(r->roi_id));
    json_object_set_new(o, "mask", json_string(mask));
    json_object_set_new(o, "picture", json_string(picture.text));
    json_array_append_new(list, o);
    edge_out_ticket(x, picture.text);
    bool ok = edge_in_product(x, mask, r->source->record != NULL, e);
    str_free(&picture);
    free(mask);
    return ok;
}

static bool plan_pictures(struct plan_course *c, const char *facts, struct err *e)
{
    struct edge *x = graph_add(c->graph, "pictures");
    char *job = plan_state(c, "inputs", "pictures.json"), *image = plan_path(c, "image.nii");
    json_t *root = json_object(), *list = json_array();
    edge_out_table(x, facts);
    edge_in(x, job);
    edge_in_tool(x, "radreport");
    bool ok = edge_in_product(x, image, c->image_record != NULL, e);
    for (size_t i = 0; ok && i < c->rois; i++)
        if (c->roi[i].is_listed && plan_is_drawn(&c->roi[i]))
            ok = add_region(c, &c->roi[i], x, list, e);
    edge_var(x, "job", job);
    edge_var(x, "dir", c->dir);
    json_object_set_new(root, "image", json_string(image));
    json_object_set_new(root, "modality", json_text(json_get_text(c->course, "modality", "")));
    json_object_set_new(root, "regions", list);
    ok = ok && json_write(job, root, e);
    json_decref(root);
    free(image);
    free(job);
    return ok;
}

/* --- the page of a course --- */

/* The page of a course, as another course's page names it. */
static void set_way(json_t *job, const char *name, const json_t *course)
{
    struct str page = {0};
    str_addf(&page, "../%s.html", json_get_text(course, "course_dir", ""));
    if (course)
        json_object_set_new(job, name, json_text(page.text));
    str_free(&page);
}

static json_t *page_job(const struct plan_course *c, const char *facts, const char *status)
{
    const char *patient = json_get_text(c->course, "patient_id", ""),
               *id = json_get_text(c->course, "id", "");
    struct str title = {0}, pictures = {0};
    str_addf(&title, "%s, %s", patient, id);
    str_addf(&pictures, "%s/", path_base(c->dir));
    json_t *root = json_object();
    json_object_set_new(root, "title", json_text(title.text));
    json_object_set_new(root, "modality", json_text(json_get_text(c->course, "modality", "")));
    const json_t *courses = json_object_get(c->in->manifest, "courses");
    json_object_set_new(root, "back", json_string("../../report.html"));
    set_way(root, "before", c->place ? json_array_get(courses, c->place - 1) : NULL);
    set_way(root, "behind", json_array_get(courses, c->place + 1));
    json_object_set_new(root, "pictures", json_string(pictures.text));
    json_object_set_new(root, "facts", json_string(facts));
    json_object_set_new(root, "status", json_string(status));
    str_free(&title);
    str_free(&pictures);
    return root;
}

bool plan_course_report(struct plan_course *c, struct err *e)
{
    if (!plan_has_report(c->in))
        return true;
    char *facts = beside(c, REPORT_DIR "/", "/facts.json"), *status = plan_path(c, "status.csv"),
         *page = beside(c, REPORT_DIR "/", ".html"), *job = plan_state(c, "inputs", "page.json");
    bool ok = plan_pictures(c, facts, e);
    struct edge *x = graph_add(c->graph, "page");
    edge_out_table(x, page);
    edge_in(x, job);
    edge_in_ticket(x, facts);
    edge_in_ticket(x, status);
    edge_in_tool(x, "radreport");
    edge_var(x, "job", job);
    edge_var(x, "dir", c->dir);
    json_t *root = page_job(c, facts, status);
    ok = ok && json_write(job, root, e);
    json_decref(root);
    free(facts);
    free(status);
    free(page);
    free(job);
    return ok;
}

/* --- the page of the cohort --- */

/* Without a report none of an earlier run is left that would pass for one of this run. */
static bool remove_doors(struct err *e)
{
    static const char *const doors[] = {REPORT_PAGE, REGIONS_PAGE, "_RESULTS/run.html"};
    for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++)
        if (unlink(doors[i]) != 0 && errno != ENOENT)
            return err_errno(e, "%s", doors[i]);
    return true;
}

bool plan_report(const struct plan_input *in, struct graph *g, struct err *e)
{
    static const char *const tables[] = {"_RESULTS/radiomics.csv", "_RESULTS/status.csv",
                                         "_RESULTS/left_out.csv"};
    if (!plan_has_report(in))
        return remove_doors(e);
    struct edge *x = graph_add(g, "cohort");
    edge_out_table(x, REPORT_PAGE);
    edge_out_ticket(x, REGIONS_PAGE);
    edge_in(x, REPORT_JOB);
    edge_in_tool(x, "radreport");
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        edge_in_ticket(x, tables[i]);
    edge_var(x, "job", REPORT_JOB);
    edge_var(x, "regions", REGIONS_PAGE);
    json_t *root = json_object(), *settings = plan_settings_in_force(in->settings, e);
    json_object_set_new(root, "settings", settings);
    json_object_set_new(root, "courses", plan_list_courses(in->manifest));
    bool ok = settings && json_write(REPORT_JOB, root, e);
    json_decref(root);
    return ok;
}
