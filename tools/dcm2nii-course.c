/* DICOM tree to manifest; one course of it, or one folder, to a NIfTI volume in its true geometry.
 */
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/opt.h"
#include "course/cache.h"
#include "course/choose.h"
#include "course/disguise.h"
#include "course/headers.h"
#include "course/image.h"
#include "course/walk.h"
#include "guard/memory.h"
#include "io/atomic.h"
#include "io/folder.h"
#include "names/pattern.h"
#include "pool/pool.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETS_NEWEST, SETS_ALL };
enum { SUV_NONE, SUV_BW };
enum { RESCALE_REQUIRED, RESCALE_IDENTITY };

struct opts {
    const char *scan, *manifest, *course, *folder; /* one of the three ways to work */
    const char *out, *cache, *key, *autoseg, *patients, *skip;
    struct text_list exclude;
    int structure_sets, suv, rescale, stored_bits, any_frame, volumes, missing_slices, links;
    int threads;
    bool progress;
};

static const char *const set_choices[] = {"newest", "all", NULL};
static const char *const rescale_choices[] = {"required", "identity", NULL};
static const char *const bits_choices[] = {"refuse", "cut", "all", NULL}; /* enum stored_bits */
static const char *const suv_choices[] = {"none", "bw", NULL};

static const char *const link_choices[] = {"no", "inside", "all", NULL}; /* enum walk_links */
static const char *const yes_choices[] = {"0", "1", NULL};
static const char *const volume_choices[] = {"referenced", "all", NULL};
static const char *const missing_choices[] = {"refuse", "interpolate", NULL};

static const struct opt table[] = {
    {"scan", 0, OPT_DIR_IN, offsetof(struct opts, scan), "ROOT",
     "scan this folder and write a manifest of its courses"},
    {"exclude", 0, OPT_LIST, offsetof(struct opts, exclude), "DIR",
     "with --scan: a folder to pass over; repeatable"},
    {"skip-paths", 0, OPT_TEXT, offsetof(struct opts, skip), "PATTERNS",
     "with --scan: files and folders to pass over: shell patterns, with commas between, for paths "
     "below ROOT or names"},
    {"follow-links", 0, OPT_CHOICE, offsetof(struct opts, links), "WHICH",
     "with --scan: follow no symbolic link, those that lead inside ROOT, or all", "no",
     .choices = link_choices},
    {"structure-sets", 0, OPT_CHOICE, offsetof(struct opts, structure_sets), "WHICH",
     "with --scan: use the newest structure set of a series, or all", "newest",
     .choices = set_choices},
    {"autoseg", 0, OPT_DIR_IN, offsetof(struct opts, autoseg), "DIR",
     "with --scan: folder of automatic masks; a series whose SeriesInstanceUID names a folder in "
     "it "
     "is a course, whatever structure sets its patient has for others"},
    {"any-frame", 0, OPT_CHOICE, offsetof(struct opts, any_frame), "0|1",
     "with --scan, 1: regions drawn in another frame of reference than their series are taken, "
     "with a note, also where nothing shows that they lie on its images",
     "0", .choices = yes_choices},
    {"patients", 0, OPT_TEXT, offsetof(struct opts, patients), "PATTERNS",
     "with --scan: only patients whose identifiers one of these shell patterns takes, with commas "
     "between; the others are left out",
     .otherwise = "all"},
    {"volumes", 0, OPT_CHOICE, offsetof(struct opts, volumes), "WHICH",
     "with --scan: of a series with several volumes (phases, echoes, b-values), those that regions "
     "are drawn on are courses, or all",
     "referenced", .choices = volume_choices},
    {"missing-slices", 0, OPT_CHOICE, offsetof(struct opts, missing_slices), "WHAT",
     "with --scan or a folder: a series with missing slices is refused, or single ones, at most 5 "
     "% "
     "of it, are made up as the mean of their neighbours",
     "refuse", .choices = missing_choices},
    {"cache", 0, OPT_FILE_OUT, offsetof(struct opts, cache), "FILE",
     "with --scan: keep what is known of each file here; unchanged files are not opened again"},
    {"pseudonymize", 0, OPT_FILE_IN, offsetof(struct opts, key), "KEY",
     "with --scan: pseudonyms for patients and files in place of identifiers and paths, from the "
     "key in this file"},
    {"progress", 0, OPT_FLAG, offsetof(struct opts, progress), NULL,
     "with --scan: say on standard output how many files were looked at, of how many"},
    {"manifest", 0, OPT_FILE_IN, offsetof(struct opts, manifest), "M",
     "convert a course of this manifest"},
    {"course", 0, OPT_TEXT, offsetof(struct opts, course), "PATIENT/COURSE",
     "which course; not needed when the manifest holds one"},
    {"suv", 0, OPT_CHOICE, offsetof(struct opts, suv), "KIND",
     "make PET standardised uptake values: by body weight (bw), or leave values as they are",
     "none", .choices = suv_choices},
    {"rescale", 0, OPT_CHOICE, offsetof(struct opts, rescale), "KIND",
     "a CT or PET without any rescale slope and intercept: refuse it (required), or take the "
     "stored "
     "values as they are (identity)",
     "required", .choices = rescale_choices},
    {"stored-bits", 0, OPT_CHOICE, offsetof(struct opts, stored_bits), "KIND",
     "samples that use bits beyond the stored ones (BitsStored, HighBit): refuse them, cut these "
     "bits, or take all bits as the value",
     "refuse", .choices = bits_choices},
    {"threads", 0, OPT_INT, offsetof(struct opts, threads), "N",
     "threads that make one volume, at most as many as the process may use processors; of two, one "
     "makes the voxels and the other one finds their digest, and more bring little; the bytes are "
     "the same for every N",
     "2", .min = 1, .max = POOL_THREADS_MOST},
    {"output", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "OUT",
     "manifest to write (--scan), folder for image.nii and image.json (--manifest), or volume"},
    {0}};

static const struct operand operands[] = {
    {"DIR", OPT_DIR_IN, offsetof(struct opts, folder), "folder that holds one series", 0, 1}, {0}};

static bool is_image_file(const char *path)
{
    return strcmp(path, "-") == 0 || str_ends_with(path, ".nii") || str_ends_with(path, ".nii.gz");
}

static bool check_no_scan(const struct opts *o, struct err *e)
{
    const struct {
        bool given;
        const char *name;
    } options[] = {{o->cache, "cache"},         {o->key, "pseudonymize"},
                   {o->autoseg, "autoseg"},     {o->patients, "patients"},
                   {o->any_frame, "any-frame"}, {o->progress, "progress"},
                   {o->volumes, "volumes"},     {o->exclude.n, "exclude"},
                   {o->skip, "skip-paths"},     {o->links, "follow-links"}};
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (options[i].given)
            return err_set(e, ERR_USAGE, "--%s goes with --scan", options[i].name);
    return true;
}

static bool check(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    int ways = (o->scan != NULL) + (o->manifest != NULL) + (o->folder != NULL);
    if (ways != 1)
        return err_set(e, ERR_USAGE, "say one of --scan ROOT, --manifest M, or a folder");
    if (!o->out)
        return err_set(e, ERR_USAGE, "no output: -o is missing");
    if (o->folder && !is_image_file(o->out))
        return err_set(e, ERR_USAGE, "-o %s: an image is FILE.nii, FILE.nii.gz or -", o->out);
    if (o->course && !o->manifest)
        return err_set(e, ERR_USAGE, "--course goes with --manifest");
    if (!o->scan && !check_no_scan(o, e))
        return false;
    return out_refuse_input(o->out, o->manifest, e);
}

/* Four times a second at most. */
static void tell(size_t done, size_t total)
{
    static double told_s;
    double now_s = clock_s();
    if (now_s - told_s < 0.25)
        return;
    told_s = now_s;
    printf(PROGRESS_MARK " %zu %zu\n", done, total);
    fflush(stdout);
}

/* Reports links that are not followed: a tree of links would look empty otherwise. */
static bool walk_root(const struct opts *o, const char *root, const struct str_list *exclude,
                      struct file_list *files, struct err *e)
{
    struct str_list skip = {0};
    const struct walk_wish wish = {
        .exclude = exclude, .skip = &skip, .links = (enum walk_links)o->links};
    size_t links = 0;
    bool ok = (!o->skip || patterns_parse(o->skip, &skip, e)) && walk(root, &wish, files, e);
    for (size_t i = 0; i < files->n; i++)
        links += files->file[i].is_link;
    if (links)
        log_warning("%zu symbolic link%s not followed (see left_out.csv)", links,
                    links == 1 ? " was" : "s were");
    str_list_free(&skip);
    return ok;
}

/* The files below root with their headers; the cache is written again when something changed. */
static bool read_tree(const struct opts *o, const char *root, const struct str_list *exclude,
                      const struct pseudonym_key *key, struct file_list *files, struct err *e)
{
    const char *cache = o->cache;
    size_t found = 0, entries = 0, cacheable = 0;
    char whose[PSEUDONYM_SIZE];
    choose_mark(key, o->patients, whose);
    if (!walk_root(o, root, exclude, files, e))
        return false;
    if (cache)
        found = cache_load(cache, whose, files, &entries);
    headers_read(root, files, o->progress ? tell : NULL);
    if (!choose_patients(key, o->patients, files, e))
        return false;
    if (key->n)
        disguise_files(key, files);
    for (size_t i = 0; i < files->n; i++)
        cacheable += files->file[i].cacheable;
    /* When the tree is empty (an unmounted file system, say), the cache is kept. */
    return !cache || !files->n || (found == cacheable && found == entries) ||
           cache_save(cache, whose, files, e);
}

static struct value_rules value_rules(const struct opts *o)
{
    return (struct value_rules){.identity_rescale = o->rescale == RESCALE_IDENTITY,
                                .stored_bits = (enum stored_bits)o->stored_bits};
}

/* A second thread on one processor only costs time. */
static bool make_pool(const struct opts *o, struct pool **pool, struct err *e)
{
    const int cores = o->threads > 1 ? cores_available() : 1;
    return pool_create(o->threads < cores ? o->threads : cores, pool, e);
}

static struct image_wish image_wish(const struct opts *o)
{
    return (struct image_wish){.suv_bw = o->suv == SUV_BW,
                               .interpolate = o->missing_slices == 1,
                               .values = value_rules(o)};
}

static bool run_scan(const struct opts *o, struct err *e)
{
    struct scan s = {0};
    char root[PATH_MAX];
    struct scan_wish wish = {.root = root,
                             .all_sets = o->structure_sets == SETS_ALL,
                             .any_frame = o->any_frame == 1,
                             .all_volumes = o->volumes == 1,
                             .interpolate = o->missing_slices == 1,
                             .values = value_rules(o)};
    struct str_list exclude = {0};
    struct pseudonym_key key = {0};
    for (size_t i = 0; i < o->exclude.n; i++)
        str_list_add(&exclude, o->exclude.item[i]);
    bool ok = realpath(o->scan, root) || err_errno(e, "%s", o->scan);
    ok = ok && (!o->key || pseudonym_key_read(o->key, &key, e)) &&
         read_tree(o, root, &exclude, &key, &s.files, e) &&
         (!o->autoseg || folder_names(o->autoseg, &wish.series, e)) && scan_group(&s, &wish, e) &&
         manifest_write(o->out, root, &s, e);
    scan_free(&s);
    pseudonym_key_free(&key);
    str_list_free(&exclude);
    str_list_free(&wish.series);
    return ok;
}

static bool run_course(const struct opts *o, struct err *e)
{
    struct image_wish wish = image_wish(o);
    struct manifest_course course = {0};
    struct image image = {0};
    char *nii = path_join(o->out, "image.nii"), *json = path_join(o->out, "image.json");
    bool ok = manifest_read_course(o->manifest, o->course, &course, e) && make_folders(o->out, e) &&
              make_pool(o, &wish.pool, e) && image_of_course(&course, &wish, nii, &image, e) &&
              image_write_json(json, &image, e);
    pool_destroy(wish.pool);
    image_free(&image);
    manifest_course_free(&course);
    free(nii);
    free(json);
    return ok;
}

/* image.nii has image.json beside it, scan.nii.gz scan.json; a pipe has none. */
static char *json_beside(const char *out)
{
    struct str s = {0};
    size_t n = strlen(out);
    n -= str_ends_with(out, ".nii.gz") ? 7 : str_ends_with(out, ".nii") ? 4 : 0;
    str_add_n(&s, out, n);
    str_add(&s, ".json");
    return str_take(&s);
}

static bool run_folder(const struct opts *o, struct err *e)
{
    struct image_wish wish = image_wish(o);
    struct image image = {0};
    bool ok = make_pool(o, &wish.pool, e) && image_of_folder(o->folder, &wish, o->out, &image, e);
    if (ok && strcmp(o->out, "-") != 0) {
        char *json = json_beside(o->out);
        ok = image_write_json(json, &image, e);
        free(json);
    }
    pool_destroy(wish.pool);
    image_free(&image);
    return ok;
}

static bool dcm2nii_run(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    return o->scan ? run_scan(o, e) : o->manifest ? run_course(o, e) : run_folder(o, e);
}

static const char *const synopsis[] = {
    "--scan ROOT -o manifest.json [--exclude DIR]... [--cache FILE] [--structure-sets newest|all] "
    "[--autoseg DIR] [--any-frame 0|1] [--volumes referenced|all] "
    "[--missing-slices refuse|interpolate] [--rescale identity] [--pseudonymize KEY]",
    "--manifest M [--course PATIENT/COURSE] -o DIR [--suv bw]", "DIR -o image.nii [--suv bw]",
    NULL};

static const char *const examples[] = {
    "dcm2nii-course --scan /data/cohort -o manifest.json",
    "dcm2nii-course --manifest manifest.json --course P001/2019-03_CT_1a2b3c -o P001/ct",
    "dcm2nii-course /data/cohort/P001/CT -o ct.nii", NULL};

const struct tool dcm2nii_course_tool = {
    .name = "dcm2nii-course",
    .summary = "find the courses of a DICOM tree, and turn one into a NIfTI volume",
    .synopsis = synopsis,
    .description =
        "A course is one CT, MR or PET series that makes a volume, with the structure sets that "
        "refer to it. The scan accounts for every file below ROOT: what is not used is listed in "
        "the manifest with the reason.\n\n"
        "A conversion keeps the geometry as it is, refuses what makes no even grid and says with "
        "which numbers, and keeps integers where all rescale slopes allow it.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = dcm2nii_run,
};
