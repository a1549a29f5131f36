/* Pages that show what a cohort is made of. */
#include "base/mem.h"
#include "cli/opt.h"
#include "guard/witness.h"
#include "io/atomic.h"
#include "io/json.h"
#include "report/alone.h"
#include "report/cohort.h"
#include "report/course_page.h"
#include "report/methods/methods.h"
#include "report/pictures.h"

#include <malloc.h>
#include <stddef.h>
#include <string.h>

struct opts {
    const char *image;
    struct text_list masks;
    const char *pictures, *course, *cohort, *methods, *out, *regions, *modality, *tickets;
};

static const struct opt table[] = {
    {"output", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "FILE", "page (or facts) to write"},
    {"modality", 'm', OPT_TEXT, offsetof(struct opts, modality), "NAME",
     "CT, MR, PT: decides the window of grey values", .otherwise = "CT with values below -500"},
    {"pictures", 0, OPT_FILE_IN, offsetof(struct opts, pictures), "JOB",
     "draw the pictures of a course, and write what is known of its regions"},
    {"course", 0, OPT_FILE_IN, offsetof(struct opts, course), "JOB", "write the page of a course"},
    {"cohort", 0, OPT_FILE_IN, offsetof(struct opts, cohort), "JOB",
     "write the page of the cohort"},
    {"methods", 0, OPT_FILE_IN, offsetof(struct opts, methods), "JOB",
     "write what was done, for a paper, as Markdown"},
    {"regions", 0, OPT_FILE_OUT, offsetof(struct opts, regions), "FILE",
     "with --cohort: the page of all regions"},
    {"tickets", 0, OPT_DIR_OUT, offsetof(struct opts, tickets), "DIR",
     "folder for small files that say what was written, by which damage is noticed"},
    {0}};

static const struct operand operands[] = {
    {"IMAGE", OPT_PATH_IN, offsetof(struct opts, image), "image", 0, 1},
    {"MASK", OPT_PATH_IN, offsetof(struct opts, masks), "masks on its grid; label 1 is drawn", 0,
     -1},
    {0}};

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    int jobs = !!o->pictures + !!o->course + !!o->cohort + !!o->methods;
    if (!o->out)
        return err_set(e, ERR_USAGE, "-o is needed");
    if (jobs > 1 || (jobs == 1 && o->image))
        return err_set(e, ERR_USAGE,
                       "one of --pictures, --course, --cohort, --methods, or an image and masks");
    if (jobs == 0 && !o->masks.n)
        return err_set(e, ERR_USAGE, "an image and its masks are needed");
    if (!!o->cohort != !!o->regions)
        return err_set(e, ERR_USAGE, "--regions goes with --cohort");
    for (size_t i = 0; i < o->masks.n; i++)
        if (!out_refuse_input(o->out, o->masks.item[i], e))
            return false;
    return out_refuse_input(o->out, o->image, e);
}

/* Pictures are products beside the facts. */
static bool witness_pictures(const struct opts *o, const json_t *job, struct err *e)
{
    size_t i;
    const json_t *region;
    json_array_foreach(json_object_get(job, "regions"), i, region)
    {
        if (!witness_write_one(o->tickets, json_get_text(region, "picture", ""), e))
            return false;
    }
    return true;
}

static bool by_job(const struct opts *o, const char *path, struct err *e)
{
    json_t *job = json_read(path, e);
    bool ok = job && (o->pictures  ? pictures_of_job(job, o->out, e)
                      : o->course  ? course_page_of_job(job, o->out, e)
                      : o->methods ? methods_of_job(job, "_RESULTS", o->out, e)
                                   : cohort_of_job(job, "_RESULTS", o->out, o->regions, e));
    if (ok && o->tickets)
        ok = witness_write_one(o->tickets, o->out, e) &&
             (!o->pictures || witness_pictures(o, job, e)) &&
             (!o->cohort || witness_write_one(o->tickets, o->regions, e));
    json_decref(job);
    return ok;
}

/* Every picture takes the same few large blocks: they are kept for the next one, rather than given
 * back to the system and zeroed by it again (hundreds of page faults a picture). */
static void keep_blocks(void)
{
#ifdef M_TRIM_THRESHOLD
    enum { LARGEST = 8 << 20 };
    mallopt(M_MMAP_THRESHOLD, LARGEST);
    mallopt(M_TRIM_THRESHOLD, 4 * LARGEST);
#endif
}

static bool radreport_run(const void *values, struct err *e)
{
    const struct opts *o = values;
    keep_blocks();
    const char *job = o->pictures  ? o->pictures
                      : o->course  ? o->course
                      : o->methods ? o->methods
                                   : o->cohort;
    return job ? by_job(o, job, e)
               : report_alone(o->image, o->masks.item, o->masks.n, o->modality, o->out, e);
}

static const char *const synopsis[] = {
    "IMAGE MASK... -o FILE", "--pictures JOB -o FACTS",
    "--course JOB -o PAGE",  "--cohort JOB -o PAGE --regions PAGE",
    "--methods JOB -o PAGE", NULL};
static const char *const examples[] = {"radreport ct.nii.gz masks/Manual/*.nii.gz -o look.html",
                                       NULL};

const struct tool radreport_tool = {
    .name = "radreport",
    .summary = "show an image and its masks as a page; write the report of a cohort",
    .synopsis = synopsis,
    .description = "Draws each region in the axial, coronal and sagittal "
                   "plane of its largest cross-section, with "
                   "contours on the mask's own border, a scale bar, the "
                   "letters of the sides and a histogram. The page "
                   "holds its pictures, asks nothing of any other place, and "
                   "is readable without JavaScript.\n\n"
                   "The job files come with the graph (docs/graph.md), which "
                   "runs this tool for the report of a cohort.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = radreport_run};
