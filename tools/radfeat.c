/* radfeat: image + mask + parameters to one row of features. */
#include "base/mem.h"
#include "batch/batch.h"
#include "cli/opt.h"
#include "engine/files/maps.h"
#include "engine/files/run_files.h"
#include "engine/files/save_images.h"
#include "engine/rows/lists.h"
#include "io/atomic.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct opts {
    const char *image, *mask;
    const char *params, *preset, *image_info, *out, *batch, *timings, *maps, *list, *profile,
        *images, *long_out;
    struct text_list setting, column;
    int64_t label, jobs, threads, number;
    int format, mode, map_format;
    bool header;
};

static const char *const modes[] = {"segment", "voxel", NULL};
enum { MODE_SEGMENT, MODE_VOXEL };

static const struct opt table[] = {
    {"params", 'p', OPT_TEXT, offsetof(struct opts, params), "FILE",
     "parameter file, YAML or JSON (- is stdin)", .otherwise = "pyradiomics' defaults"},
    {"preset", 0, OPT_TEXT, offsetof(struct opts, preset), "NAME",
     "built-in parameters by name: those of --list presets"},
    {"profile", 0, OPT_TEXT, offsetof(struct opts, profile), "NAME",
     "the standard whose names and numbers are wanted; default: that of the preset, else "
     "pyradiomics"},
    {"label", 'l', OPT_INT, offsetof(struct opts, label), "N", "ROI value in the mask",
     .otherwise = "as the parameters say, else 1", .min = 1, .max = 4294967295.0},
    {"setting", 's', OPT_LIST, offsetof(struct opts, setting), "K=V",
     "one setting in place of the parameter file's; repeatable"},
    {"out", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "FILE", "where the row goes", "-"},
    {"format", 'f', OPT_CHOICE, offsetof(struct opts, format), "FORMAT",
     "csv: header and one row; json: one object; long: one line per value", "csv",
     row_writer_names},
    {"long", 0, OPT_FILE_OUT, offsetof(struct opts, long_out), "FILE",
     "the same values in the long format, too"},
    {"mode", 'm', OPT_CHOICE, offsetof(struct opts, mode), "MODE",
     "segment: one value per feature; voxel: one map per feature, and a row of their paths",
     "segment", modes},
    {"out-dir", 0, OPT_DIR_OUT, offsetof(struct opts, maps), "DIR", "where maps go", "."},
    {"map-format", 0, OPT_CHOICE, offsetof(struct opts, map_format), "FORMAT",
     "file format of the maps", "nrrd", map_format_names},
    {"image-info", 0, OPT_FILE_IN, offsetof(struct opts, image_info), "FILE",
     "image.json of the image: digest, minimum, maximum, mean that need no second pass"},
    {"column", 0, OPT_LIST, offsetof(struct opts, column), "NAME=VALUE",
     "a column of your own in front of the row, \\= for an equals sign in its name; repeatable"},
    {"batch", 0, OPT_FILE_IN, offsetof(struct opts, batch), "CSV",
     "many cases: columns Image, Mask, perhaps Label and Label_channel; others are copied"},
    {"jobs", 'j', OPT_INT, offsetof(struct opts, jobs), "N", "cases of a batch at a time", "1",
     .min = 1, .max = 1024},
    {"threads", 0, OPT_INT, offsetof(struct opts, threads), "N",
     "threads that work on one ROI; values are the same for every N", "1", .min = 1,
     .max = POOL_THREADS_MOST},
    {"case", 0, OPT_INT, offsetof(struct opts, number), "N",
     "number of the case in the names of its maps", "1", .min = 1, .max = INT32_MAX},
    {"timings", 0, OPT_FILE_OUT, offsetof(struct opts, timings), "FILE",
     "seconds of processor time by stage, image type and class, as JSON"},
    {"save-images", 0, OPT_DIR_OUT, offsetof(struct opts, images), "DIR",
     "write every image that features are computed from, and the masks, as NIfTI; without MASK: "
     "the "
     "filters' responses to the whole image, and no row"},
    {"header", 0, OPT_FLAG, offsetof(struct opts, header), NULL,
     "print the header that the parameters give, and nothing else"},
    {"list", 0, OPT_TEXT, offsetof(struct opts, list), "LIST",
     "print what there is, as CSV, and nothing else: features, filters, settings or presets"},
    {0}};

static const struct operand operands[] = {
    {"IMAGE", OPT_PATH_IN, offsetof(struct opts, image), "image (- is NIfTI on stdin)", 0, 1},
    {"MASK", OPT_PATH_IN, offsetof(struct opts, mask), "mask (- is NIfTI on stdin)", 0, 1},
    {0}};

static bool is_stdin(const char *path)
{
    return path && strcmp(path, "-") == 0;
}

/* A backslash escapes an equals sign or a backslash in the name. */
static bool is_kept(const char *c)
{
    return *c == '\\' && (c[1] == '=' || c[1] == '\\');
}

static bool has_name(const char *column)
{
    while (*column && *column != '=')
        column += is_kept(column) ? 2 : 1;
    return *column == '=';
}

/* Ends the name of NAME=VALUE where its value begins, which is returned. */
static char *cut_name(char *column)
{
    char *to = column, *from = column;
    for (; *from != '='; *to++ = *from++)
        from += is_kept(from);
    *to = '\0';
    return from + 1;
}

static bool refuse_inputs(const struct opts *o, const char *out, struct err *e)
{
    return out_refuse_input(out, o->image, e) && out_refuse_input(out, o->mask, e) &&
           out_refuse_input(out, o->params, e) && out_refuse_input(out, o->batch, e);
}

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    bool pair = !o->header && !o->batch && !o->list;
    bool images_only = o->images && o->image && !o->mask;
    if (o->images && (!pair || o->mode == MODE_VOXEL))
        return err_set(e, ERR_USAGE, "--save-images needs one image and --mode segment");
    if (o->long_out && (!pair || !o->mask || o->mode == MODE_VOXEL))
        return err_set(e, ERR_USAGE, "--long needs one image with its mask and --mode segment");
    if (o->long_out && strcmp(o->long_out, o->out) == 0)
        return err_set(e, ERR_USAGE, "--out and --long are one file");
    if (pair ? !o->mask && !images_only : o->image != NULL)
        return err_set(e, ERR_USAGE,
                       pair ? "an image and a mask are needed"
                            : "--header, --batch and --list take no image and no mask");
    if (o->mode == MODE_VOXEL && o->header)
        return err_set(e, ERR_USAGE, "--header needs --mode segment");
    if (is_stdin(o->image) + is_stdin(o->mask) + is_stdin(o->params) + is_stdin(o->batch) > 1)
        return err_set(e, ERR_USAGE, "only one input can come from stdin");
    if (o->batch && is_stdin(o->params))
        return err_set(e, ERR_USAGE, "--batch reads its parameters once a case: not from stdin");
    for (size_t i = 0; i < o->column.n; i++)
        if (!has_name(o->column.item[i]))
            return err_set(e, ERR_USAGE, "--column %s: not NAME=VALUE", o->column.item[i]);
    return refuse_inputs(o, o->out, e) && refuse_inputs(o, o->long_out, e) &&
           out_refuse_input(o->long_out, o->out, e);
}

/* --column NAME=VALUE as two lists; `names` owns the texts. */
static struct row_prefix split_columns(const struct text_list *column, struct str_list *names)
{
    struct row_prefix prefix = {.n = column->n};
    const char **name = mem_must(calloc(2 * column->n + 1, sizeof *name));
    for (size_t i = 0; i < column->n; i++)
        str_list_add(names, column->item[i]);
    for (size_t i = 0; i < column->n; i++) {
        name[i] = names->item[i];
        name[column->n + i] = cut_name(names->item[i]);
    }
    prefix.name = name;
    prefix.value = name + column->n;
    return prefix;
}

static bool write_long(const struct opts *o, const struct case_row *row, struct err *e)
{
    struct str text = {0};
    if (o->long_out)
        row_write(&writer_long, row, &text);
    bool good = !o->long_out || out_write(o->long_out, str_text(&text), text.len, true, e);
    str_free(&text);
    return good;
}

static bool one_case(const struct opts *o, const struct params *p, const struct row_prefix *prefix,
                     struct str *text, struct err *e)
{
    const struct load_request files = {o->image, o->mask, o->image_info};
    struct stopwatch watch = {0};
    struct result result = {.watch = o->timings ? &watch : NULL};
    struct str laps = {0};
    int dims;
    struct case_row row = {.prefix = prefix};
    bool good = run_files(p, &files, (int)o->threads, &result, &dims, e) &&
                case_row_values(p, prefix, &result, &row, e);
    if (good)
        row_write(row_writers[o->format], &row, text);
    good = good && write_long(o, &row, e);
    case_row_free(&row);
    if (good && o->timings) {
        stopwatch_json(&watch, &laps);
        good = out_write(o->timings, str_text(&laps), laps.len, false, e);
        str_free(&laps);
    }
    result_free(&result);
    return good;
}

static bool one_map_set(const struct opts *o, const struct params *p,
                        const struct row_prefix *prefix, struct str *text, struct err *e)
{
    const struct maps_request request = {{o->image, o->mask, o->image_info},
                                         o->maps,
                                         map_formats[o->map_format],
                                         o->number,
                                         (int)o->threads};
    return maps_run(p, &request, prefix, row_writers[o->format], text, e);
}

/* The header of the parameters; formats without one have none. */
static bool header_only(const struct opts *o, const struct params *p,
                        const struct row_prefix *prefix, struct str *text, struct err *e)
{
    const struct row_writer *writer = row_writers[o->format];
    struct case_row row;
    bool good = case_row_columns(p, prefix, 3, false, &row, e);
    if (good && writer->header)
        writer->header(&row, text);
    case_row_free(&row);
    return good;
}

static bool header_or_case(const struct opts *o, const struct params *p, struct str *text,
                           struct err *e)
{
    struct str_list names = {0};
    struct row_prefix prefix = split_columns(&o->column, &names);
    bool good = o->header               ? header_only(o, p, &prefix, text, e)
                : o->mode == MODE_VOXEL ? one_map_set(o, p, &prefix, text, e)
                                        : one_case(o, p, &prefix, text, e);
    free((void *)prefix.name);
    str_list_free(&names);
    return good;
}

static void add_option(struct str_list *words, const char *option, const char *value)
{
    str_list_add(words, option);
    str_list_add(words, value);
}

/* Each case runs this program again, with the options of the batch. */
static void case_options(const struct opts *o, struct str_list *words)
{
    struct str label = {0}, threads = {0};
    if (o->params)
        add_option(words, "--params", o->params);
    if (o->preset)
        add_option(words, "--preset", o->preset);
    if (o->profile)
        add_option(words, "--profile", o->profile);
    for (size_t i = 0; i < o->setting.n; i++)
        add_option(words, "--setting", o->setting.item[i]);
    if (o->label) { /* passed as a setting, so that a case's own --label wins */
        str_addf(&label, "label=%lld", (long long)o->label);
        add_option(words, "--setting", label.text);
    }
    str_addf(&threads, "%lld", (long long)o->threads);
    add_option(words, "--threads", threads.text);
    if (o->mode == MODE_VOXEL) {
        add_option(words, "--mode", modes[MODE_VOXEL]);
        add_option(words, "--out-dir", o->maps);
        add_option(words, "--map-format", map_format_names[o->map_format]);
    }
    str_free(&label);
    str_free(&threads);
}

/* The table is written even when cases failed. */
static bool many_cases(const struct opts *o, const struct params *p, struct str *text,
                       struct err *e)
{
    struct str_list words = {0};
    case_options(o, &words);
    const struct batch_request request = {
        .csv = o->batch,
        .jobs = o->jobs,
        .writer = row_writers[o->format],
        .params = p,
        .maps = o->mode == MODE_VOXEL,
        .argument = (const char *const *)words.item,
        .n_arguments = words.n,
    };
    bool good = batch_run(&request, text, e);
    str_list_free(&words);
    return good;
}

static bool print_list(const struct opts *o, struct err *e)
{
    struct str text = {0};
    bool good = list_write(o->list, &text, e) && out_write(o->out, text.text, text.len, true, e);
    str_free(&text);
    return good;
}

static bool radfeat_run(const void *values, struct err *e)
{
    const struct opts *o = values;
    const struct params_source source = {
        .profile = o->profile,
        .path = o->params,
        .preset = o->preset,
        .setting = o->setting.item,
        .n_settings = o->setting.n,
        .label = o->label,
        .voxel = o->mode == MODE_VOXEL,
    };
    struct params *p;
    struct str text = {0};
    struct err failed = {0};
    if (o->list)
        return print_list(o, e);
    if (!params_create(&source, &p, e))
        return false;
    const struct load_request files = {o->image, o->mask, o->image_info};
    bool good = !o->images || save_images(p, &files, o->images, &failed);
    if (good && (o->mask || !o->images))
        good = o->batch ? many_cases(o, p, &text, &failed) : header_or_case(o, p, &text, &failed);
    if (text.len && (good || o->batch))
        good = out_write(o->out, text.text, text.len, true, e) && good;
    if (failed.code)
        *e = failed;
    str_free(&text);
    params_destroy(p);
    return good;
}

static const char *const synopsis[] = {
    "IMAGE MASK [--params FILE | --preset NAME] [--save-images DIR] [-o FILE]",
    "IMAGE --save-images DIR [--params FILE | --preset NAME]",
    "--mode voxel IMAGE MASK [--params FILE] [--out-dir DIR] [-o FILE]",
    "--batch CSV [-j N] [--mode voxel] [--params FILE | --preset NAME] [-o FILE]",
    "--header [--params FILE | --preset NAME]",
    "--list LIST",
    NULL};
static const char *const examples[] = {
    "radfeat ct.nii.gz gtv.nii.gz --params Params.yaml -o row.csv",
    "boolstruct -e 'PTV - GTV' --masks masks -o - | radfeat ct.nii -", NULL};

const struct tool radfeat_tool = {
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
    .run = radfeat_run,
};
