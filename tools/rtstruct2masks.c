/* rtstruct2masks: structure sets, segmentations and label maps to one mask file per region. */
#include "base/log.h"
#include "base/mem.h"
#include "cli/opt.h"
#include "io/atomic.h"
#include "io/json.h"
#include "io/nii.h"
#include "masks/export.h"

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
    const char *manifest;
    const char *course;
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
     "only this ROI, by its original or its minted name; repeatable"},
    {"resample", 0, OPT_FLAG, offsetof(struct opts, resample), NULL,
     "masks on another grid of the same frame: nearest neighbour instead of refusal"},
    {"manifest", 0, OPT_FILE_IN, offsetof(struct opts, manifest), "FILE",
     "manifest of dcm2nii-course --scan, to take the minted names from"},
    {"course", 0, OPT_TEXT, offsetof(struct opts, course), "PATIENT/COURSE",
     "the course of the manifest"},
    {0}};

static const struct operand operands[] = {{"FILE", OPT_FILE_IN, offsetof(struct opts, file),
                                           "structure set, segmentation or label map", 1, -1},
                                          {0}};

static const char *const synopsis[] = {"FILE... --list",
                                       "FILE... --reference IMAGE -o DIR [--roi NAME]...",
                                       "FILE --reference IMAGE --roi NAME -o -", NULL};

static const char *const examples[] = {
    "rtstruct2masks RS.dcm --list | grep -i ptv",
    "rtstruct2masks RS.dcm --reference image.nii -o masks",
    "rtstruct2masks RS.dcm --reference image.nii --roi GTV -o - | radfeat image.nii -", NULL};

static bool check(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    if (o->list)
        return true;
    if (!o->reference || !o->out)
        return err_set(e, ERR_USAGE, "--reference and -o are needed (or --list)");
    if (!o->manifest != !o->course)
        return err_set(e, ERR_USAGE, "--manifest and --course belong together");
    for (size_t i = 0; i < o->file.n; i++)
        if (!out_refuse_input(o->out, o->file.item[i], e))
            return false;
    return out_refuse_input(o->out, o->reference, e);
}

/* A name on one line, whatever it holds. */
static void print_name(const char *name)
{
    for (; *name; name++)
        putchar((unsigned char)*name < ' ' || *name == 0x7f ? ' ' : *name);
    putchar('\n');
}

static bool is_single_file(const char *path)
{
    return strcmp(path, "-") == 0 || str_ends_with(path, ".nii") || str_ends_with(path, ".nii.gz");
}

static bool name_regions(const struct opts *o, struct export_list *list, struct err *e)
{
    if (o->manifest) {
        json_t *manifest = json_read(o->manifest, e);
        bool ok = manifest && export_take_ids(list, manifest, o->course, e);
        json_decref(manifest);
        if (!ok)
            return false;
    }
    return export_select(list, o->roi.item, o->roi.n, e);
}

static bool convert(const struct opts *o, const struct mask_source *source, struct err *e)
{
    struct mask_target target = {.resample = o->resample};
    struct export_list list;
    size_t refused = 0;
    export_gather(source, o->file.n, &list);
    bool ok = name_regions(o, &list, e) && nii_exact_grid(o->reference, &target.grid, e);
    if (ok && is_single_file(o->out))
        ok = export_single(&list, &target, o->out, e);
    else if (ok)
        ok = export_folder(&list, &target, o->out, &refused, e);
    if (ok && refused > 0)
        ok = err_set(e, ERR_REFUSED, "%zu of %zu regions were refused: see masks.json", refused,
                     list.n);
    free(list.item);
    return ok;
}

static bool run(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    struct mask_source *source = mem_must(calloc(o->file.n, sizeof *source));
    bool ok = true;
    for (size_t i = 0; ok && i < o->file.n; i++)
        ok = source_open(o->file.item[i], o->list, &source[i], e);
    if (ok && !o->list)
        ok = convert(o, source, e);
    for (size_t i = 0; ok && o->list && i < o->file.n; i++)
        for (size_t r = 0; r < source[i].rois; r++)
            print_name(source[i].roi[r].name);
    for (size_t i = 0; i < o->file.n; i++)
        source_close(&source[i]);
    free(source);
    return ok;
}

const struct tool tool = {
    .name = "rtstruct2masks",
    .summary = "draw the regions of structure sets, segmentations and label maps as masks",
    .synopsis = synopsis,
    .description =
        "A voxel is inside when its centre is: even-odd among the contours of a plane; within "
        "1e-9 of a voxel of an edge counts as inside; nothing is rounded.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = run,
};
