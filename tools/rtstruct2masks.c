/* rtstruct2masks: structure sets, segmentations and label maps to one mask file per region. */
#include "base/log.h"
#include "cli/opt.h"
#include "io/atomic.h"
#include "io/nii.h"
#include "masks/export.h"
#include "masks/inputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct opts {
    struct text_list file;
    bool list;
    const char *reference;
    const char *out;
    struct text_list roi;
    bool resample;
    bool any_frame;
    const char *manifest;
    const char *course;
    const char *structure_set;
};

static const struct opt table[] = {
    {"list", 'l', OPT_FLAG, offsetof(struct opts, list), NULL,
     "print the original names, one a line, and end"},
    {"reference", 'r', OPT_FILE_IN, offsetof(struct opts, reference), "IMAGE",
     "NIfTI image whose grid the masks get"},
    {"output", 'o', OPT_TEXT, offsetof(struct opts, out), "DIR",
     "folder for the masks and masks.json; with one ROI also a file ending in .nii or .nii.gz, or "
     "- "
     "for standard output"},
    {"roi", 0, OPT_LIST, offsetof(struct opts, roi), "NAME",
     "only this ROI, by its original or its minted name; repeatable", .otherwise = "all"},
    {"resample", 0, OPT_FLAG, offsetof(struct opts, resample), NULL,
     "masks on another grid of the same frame: nearest neighbour instead of refusal"},
    {"any-frame", 0, OPT_FLAG, offsetof(struct opts, any_frame), NULL,
     "regions drawn in another frame of reference than the image's: note instead of refusal (where "
     "an image.json beside image.nii tells the frame)"},
    {"manifest", 0, OPT_FILE_IN, offsetof(struct opts, manifest), "FILE",
     "manifest of dcm2nii-course --scan: minted names come from it, and the structure sets of the "
     "course when no FILE is given"},
    {"course", 0, OPT_TEXT, offsetof(struct opts, course), "PATIENT/COURSE",
     "the course of the manifest"},
    {"structure-set", 0, OPT_TEXT, offsetof(struct opts, structure_set), "UID",
     "only this structure set of the course, by its SOP instance UID", .otherwise = "all"},
    {0}};

static const struct operand operands[] = {
    {"FILE", OPT_PATH_IN, offsetof(struct opts, file),
     "structure set, segmentation, label map or mask; a folder: every label map in it", 0, -1},
    {0}};

static const char *const synopsis[] = {
    "FILE... --list", "FILE... --reference IMAGE -o DIR [--roi NAME]...",
    "FILE --reference IMAGE --roi NAME -o -",
    "--manifest M --course PATIENT/COURSE --reference IMAGE -o DIR", NULL};

static const char *const examples[] = {
    "rtstruct2masks RS.dcm --list | grep -i ptv",
    "rtstruct2masks RS.dcm --reference image.nii -o masks",
    "rtstruct2masks RS.dcm --reference image.nii --roi GTV -o - | radfeat image.nii -", NULL};

static bool check(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    if (!o->manifest != !o->course)
        return err_set(e, ERR_USAGE, "--manifest and --course belong together");
    if (o->structure_set && !o->manifest)
        return err_set(e, ERR_USAGE,
                       "--structure-set names one of a course: --manifest is missing");
    if (o->file.n == 0 && !o->manifest)
        return err_set(e, ERR_USAGE, "no FILE, and no --manifest that names one");
    if (o->list)
        return true;
    if (!o->reference || !o->out)
        return err_set(e, ERR_USAGE, "--reference and -o are needed (or --list)");
    for (size_t i = 0; i < o->file.n; i++)
        if (!out_refuse_input(o->out, o->file.item[i], e))
            return false;
    return out_refuse_input(o->out, o->reference, e);
}

/* A name on one line, whatever characters it contains. */
static void print_name(const char *name)
{
    for (; *name; name++)
        putchar((unsigned char)*name < ' ' || *name == 0x7f ? ' ' : *name);
    putchar('\n');
}

static size_t regions_with(const struct mask_source *s, const char *note)
{
    size_t n = 0;
    for (size_t r = 0; r < s->rois; r++)
        n += str_list_has(&s->roi[r].notes, note);
    return n;
}

/* What was odd about the names, each note once: with --list there is no masks.json to hold it. */
static void warn_of_notes(const struct mask_source *s)
{
    struct str_list said = {0};
    for (size_t r = 0; r < s->rois; r++)
        for (size_t k = 0; k < s->roi[r].notes.n; k++) {
            const char *note = s->roi[r].notes.item[k];
            if (str_list_has(&said, note))
                continue;
            str_list_add(&said, note);
            log_warning("%s: %zu of %zu regions: %s", s->path, regions_with(s, note), s->rois,
                        note);
        }
    str_list_free(&said);
}

static void print_names(const struct mask_source *s)
{
    warn_of_notes(s);
    for (size_t r = 0; r < s->rois; r++)
        if (!s->roi[r].unnamed)
            print_name(s->roi[r].name);
}

static bool is_single_file(const char *path)
{
    return strcmp(path, "-") == 0 || str_ends_with(path, ".nii") || str_ends_with(path, ".nii.gz");
}

static bool convert(const struct opts *o, const struct inputs *in, struct err *e)
{
    char *frame_uid = inputs_frame_of(o->reference);
    struct mask_target target = {
        .resample = o->resample, .frame_uid = frame_uid, .any_frame = o->any_frame};
    struct export_list list;
    size_t refused = 0;
    export_gather(in->source, in->n, &list);
    if (in->course)
        export_take_ids(&list, in->course);
    bool ok = export_select(&list, o->roi.item, o->roi.n, e) &&
              nii_exact_grid(o->reference, &target.grid, e);
    if (ok && is_single_file(o->out))
        ok = export_single(&list, &target, o->out, e);
    else if (ok)
        ok = export_folder(&list, &target, o->out, &refused, e);
    if (ok && refused > 0)
        ok = err_set(e, ERR_REFUSED, "%zu of %zu regions were refused: see %s/masks.json", refused,
                     list.n, o->out);
    free(list.item);
    free(frame_uid);
    return ok;
}

static bool rtstruct2masks_run(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    const struct inputs_wanted wanted = {.file = o->file.item,
                                         .n = o->file.n,
                                         .manifest = o->manifest,
                                         .course = o->course,
                                         .structure_set = o->structure_set,
                                         .names_only = o->list};
    struct inputs in;
    bool ok = inputs_open(&wanted, &in, e);
    if (ok && !o->list)
        ok = convert(o, &in, e);
    for (size_t i = 0; ok && o->list && i < in.n; i++)
        print_names(&in.source[i]);
    inputs_close(&in);
    return ok;
}

const struct tool rtstruct2masks_tool = {
    .name = "rtstruct2masks",
    .summary = "draw the regions of structure sets, segmentations and label maps as masks",
    .synopsis = synopsis,
    .description =
        "Reads DICOM RT structure sets and segmentations (SEG), label maps in NIfTI (with names "
        "that TotalSegmentator puts into the header) and NRRD (3D Slicer's .seg.nrrd), and plain "
        "masks. Writes one .nii.gz for each region, named by its minted name, on the grid of the "
        "reference, and masks.json, which names every region, also those without a mask and why.\n"
        "\n"
        "Contours: a voxel is inside when its centre is, even-odd among the contours of a plane; "
        "within 1e-9 of a voxel of an edge counts as inside; nothing is rounded; planes go to "
        "slices by position. Voxels: exactly, also with axes flipped or permuted; another grid is "
        "refused (status 3) unless --resample is given. A mask of one value is called as its file, "
        "so MASK.nii.gz --reference image.nii -o DIR fits a mask to a course.\n"
        "\n"
        "Files that come out equal are left untouched.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = rtstruct2masks_run,
};
