/* radfeat: image + mask + parameters to one row of features. */
#include "cli/opt.h"
#include "engine/engine.h"
#include "engine/rows/rows.h"
#include "io/atomic.h"

#include <stddef.h>
#include <string.h>

struct opts {
    const char *image, *mask;
    const char *params, *preset, *image_info, *out, *timings;
    struct text_list setting;
    int64_t label;
    int format;
    bool header;
};

static const char *const formats[] = {"csv", "json", "long", NULL}; /* enum row_format */

static const struct opt table[] = {
    {"params", 'p', OPT_TEXT, offsetof(struct opts, params), "FILE",
     "parameter file, YAML or JSON (- is stdin)"},
    {"preset", 0, OPT_TEXT, offsetof(struct opts, preset), "NAME",
     "built-in parameters: ct, mr, pet-fdg or pet-psma"},
    {"label", 'l', OPT_INT, offsetof(struct opts, label), "N",
     "ROI value in the mask; default: as the parameters say, else 1", .min = 1,
     .max = 4294967295.0},
    {"setting", 's', OPT_LIST, offsetof(struct opts, setting), "K=V",
     "one setting in place of the parameter file's; repeatable"},
    {"out", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "FILE", "where the row goes", "-"},
    {"format", 'f', OPT_CHOICE, offsetof(struct opts, format), "FORMAT",
     "csv: header and one row; json: one object; long: one line per value", "csv", formats},
    {"image-info", 0, OPT_FILE_IN, offsetof(struct opts, image_info), "FILE",
     "image.json of the image: digest, minimum, maximum, mean that need no second pass"},
    {"timings", 0, OPT_FILE_OUT, offsetof(struct opts, timings), "FILE",
     "seconds by stage, image type and class, as JSON"},
    {"header", 0, OPT_FLAG, offsetof(struct opts, header), NULL,
     "print the header that the parameters give, and nothing else"},
    {0}};

static const struct operand operands[] = {
    {"IMAGE", OPT_PATH_IN, offsetof(struct opts, image), "image (- is NIfTI on stdin)", 0, 1},
    {"MASK", OPT_PATH_IN, offsetof(struct opts, mask), "mask (- is NIfTI on stdin)", 0, 1},
    {0}};

static bool is_stdin(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    if (o->header ? o->image != NULL : !o->mask)
        return err_set(e, ERR_USAGE,
                       o->header ? "--header takes no image and no mask"
                                 : "an image and a mask are needed");
    if (is_stdin(o->image) + is_stdin(o->mask) + is_stdin(o->params) > 1)
        return err_set(e, ERR_USAGE, "only one input can come from stdin");
    return out_refuse_input(o->out, o->image, e) && out_refuse_input(o->out, o->mask, e) &&
           out_refuse_input(o->out, o->params, e);
}

static bool header_only(const struct opts *o, const struct params *p, struct err *e)
{
    struct str text = {0};
    bool good = rows_header(p, NULL, (enum row_format)o->format, 3, &text, e) &&
                out_write(o->out, str_text(&text), text.len, true, e);
    str_free(&text);
    return good;
}

static bool one_case(const struct opts *o, const struct params *p, struct err *e)
{
    const struct load_request files = {o->image, o->mask, o->image_info};
    enum row_format format = (enum row_format)o->format;
    struct stopwatch watch = {0};
    struct result result = {.watch = o->timings ? &watch : NULL};
    struct str text = {0};
    int dims;
    bool good = engine_run(p, &files, &result, &dims, e) &&
                rows_header(p, NULL, format, dims, &text, e) &&
                rows_case(p, NULL, &result, format, dims, &text, e) &&
                out_write(o->out, str_text(&text), text.len, true, e);
    if (good && o->timings) {
        text.len = 0;
        stopwatch_json(&watch, &text);
        good = out_write(o->timings, str_text(&text), text.len, false, e);
    }
    result_free(&result);
    str_free(&text);
    return good;
}

static bool run(const void *values, struct err *e)
{
    const struct opts *o = values;
    const struct params_source source = {o->params, o->preset, o->setting.item, o->setting.n,
                                         o->label};
    struct params *p;
    if (!params_create(&source, &p, e))
        return false;
    bool good = o->header ? header_only(o, p, e) : one_case(o, p, e);
    params_destroy(p);
    return good;
}

static const char *const synopsis[] = {"IMAGE MASK [--params FILE | --preset NAME] [-o FILE]",
                                       "--header [--params FILE | --preset NAME]", NULL};
static const char *const examples[] = {
    "radfeat ct.nii.gz gtv.nii.gz --params Params.yaml -o row.csv",
    "boolstruct -e 'PTV - GTV' --masks masks -o - | radfeat ct.nii -", NULL};

const struct tool tool = {
    .name = "radfeat",
    .summary = "radiomics features of one ROI",
    .synopsis = synopsis,
    .description =
        "Prints the features of one region of interest under the names and with the values of "
        "pyradiomics, which it needs no parameter file for: without one, all classes on the "
        "original image. Columns depend on the parameters only; a value that is not defined for "
        "the ROI is empty. A ROI that the parameters refuse (mask check) ends with status 3 and "
        "one line of reason.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = run,
};
