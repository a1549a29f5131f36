/* boolstruct: masks from masks, by a recipe or an expression. */
#include "base/mem.h"
#include "boolmask/export.h"
#include "boolmask/expression.h"
#include "cli/opt.h"
#include "io/atomic.h"
#include "io/nii.h"

#include <stdlib.h>
#include <string.h>

enum { FORMAT_TEXT, FORMAT_JSON };

struct opts {
    const char *recipe, *expression;
    struct text_list masks, structure;
    const char *reference, *names, *out;
    bool resample, list;
    int format;
};

static const char *const formats[] = {"text", "json", NULL};

static const struct opt table[] = {
    {"recipe", 'r', OPT_FILE_IN, offsetof(struct opts, recipe), "FILE",
     "custom_structures file (YAML)"},
    {"expression", 'e', OPT_TEXT, offsetof(struct opts, expression), "EXPR",
     "one structure, such as 'PTV - (bladder | rectum) + 5mm'"},
    {"masks", 'm', OPT_PATHS_IN, offsetof(struct opts, masks), "DIR",
     "folders of masks, one source each, called as the folder; single files too; - is one mask on "
     "standard input, which expressions and recipes call stdin"},
    {"names", 0, OPT_FILE_IN, offsetof(struct opts, names), "FILE",
     "second names of masks, as good as the original ones: JSON, {\"SOURCE\": {\"MASK\": "
     "\"NAME\"}}"},
    {"reference", 0, OPT_FILE_IN, offsetof(struct opts, reference), "IMAGE",
     "NIfTI image whose grid the result gets", .otherwise = "the first mask's"},
    {"structure", 's', OPT_LIST, offsetof(struct opts, structure), "NAME",
     "only this structure of the recipe (and what it needs), by its name or minted name; "
     "repeatable",
     .otherwise = "all"},
    {"resample", 0, OPT_FLAG, offsetof(struct opts, resample), NULL,
     "masks on another grid of the same frame: nearest neighbour instead of refusal"},
    {"list", 'l', OPT_FLAG, offsetof(struct opts, list), NULL,
     "print the recipe's structures (name, minted name, sources) and end"},
    {"format", 0, OPT_CHOICE, offsetof(struct opts, format), "FORMAT", "of --list", "text",
     .choices = formats},
    {"output", 'o', OPT_TEXT, offsetof(struct opts, out), "OUT",
     "folder for the masks and masks.json; for one structure also a file ending in .nii or "
     ".nii.gz, or - for standard output"},
    {0}};

static const struct operand operands[] = {{0}};

static const char *const synopsis[] = {"--recipe FILE --masks DIR... -o DIR [--structure NAME]...",
                                       "-e EXPR --masks DIR|FILE|-... -o FILE|-",
                                       "--recipe FILE --list", NULL};

static const char *const examples[] = {
    "boolstruct --recipe custom_structures.yaml --masks masks/Manual masks/AutoRTS_total -o "
    "masks/Custom",
    "boolstruct -e 'PTV - (bladder | rectum)' --masks masks/Manual -o spared.nii.gz",
    "boolstruct -e '\"GTV 1\" +{ant:5,post:3}mm' --masks masks/Manual -o - | radfeat image.nii -",
    "rtstruct2masks RS.dcm --reference image.nii --roi GTV -o - | boolstruct -e 'stdin +5mm' "
    "--masks - -o ptv.nii.gz",
    NULL};

static bool is_single_file(const char *path)
{
    return strcmp(path, "-") == 0 || str_ends_with(path, ".nii") || str_ends_with(path, ".nii.gz");
}

static bool check(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    if (o->list)
        return o->recipe || err_set(e, ERR_USAGE, "--list needs --recipe");
    if (!o->recipe && !o->expression)
        return err_set(e, ERR_USAGE, "say --recipe FILE or -e EXPR");
    if (o->masks.n == 0 || !o->out)
        return err_set(e, ERR_USAGE,
                       o->out ? "no masks: say --masks DIR, --masks FILE or --masks -"
                              : "no output: -o is missing");
    if (o->expression && o->structure.n > 0)
        return err_set(e, ERR_USAGE, "--structure names one of a recipe: it does not go with -e");
    if (o->expression && !is_single_file(o->out))
        return err_set(e, ERR_USAGE, "-e makes one file: -o FILE.nii.gz, FILE.nii or -");
    for (size_t i = 0; i < o->masks.n; i++)
        if (!out_refuse_input(o->out, o->masks.item[i], e))
            return false;
    return out_refuse_input(o->out, o->recipe, e) && out_refuse_input(o->out, o->reference, e);
}

/* The work of one call. */
struct job {
    const struct opts *o;
    struct recipe recipe;
    struct library library;
    struct builder builder;
    bool *wanted; /* by structure of the recipe */
};

static bool open_sources(struct job *job, struct err *e)
{
    const struct opts *o = job->o;
    for (size_t i = 0; i < o->masks.n; i++)
        if (!library_add(&job->library, o->masks.item[i], e))
            return false;
    for (size_t i = 0; i < job->library.n; i++)
        if (job->library.item[i].path && !out_refuse_input(o->out, job->library.item[i].path, e))
            return false;
    if (o->names && !library_name(&job->library, o->names, e))
        return false;
    library_add_recipe(&job->library, &job->recipe);
    struct grid *g = &job->builder.grid;
    return o->reference ? nii_exact_grid(o->reference, g, e) : library_grid(&job->library, g, e);
}

static bool no_such_structure(const struct job *job, const char *name, struct err *e)
{
    const char **known = mem_must(calloc(job->recipe.n + 1, sizeof *known));
    for (size_t i = 0; i < job->recipe.n; i++)
        known[i] = job->recipe.structure[i].name;
    const char *near = opt_nearest(name, known);
    err_set(e, ERR_REFUSED, "%s has no structure \"%s\"%s%s%s", job->o->recipe, name,
            near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    free(known);
    return false;
}

/* Marks the structures that --structure names, or all. */
static bool select_structures(struct job *job, struct err *e)
{
    const struct text_list *names = &job->o->structure;
    job->wanted = mem_must(calloc(job->recipe.n + 1, sizeof *job->wanted));
    for (size_t i = 0; i < job->recipe.n; i++)
        job->wanted[i] = names->n == 0;
    for (size_t k = 0; k < names->n; k++) {
        bool any = false;
        for (int by_id = 0; by_id < 2 && !any; by_id++) { /* an original name comes first */
            for (size_t i = 0; i < job->recipe.n; i++) {
                const struct recipe_structure *s = &job->recipe.structure[i];
                if (strcmp(by_id ? s->roi_id : s->name, names->item[k]) == 0)
                    job->wanted[i] = any = true;
            }
        }
        if (!any)
            return no_such_structure(job, names->item[k], e);
    }
    return true;
}

static bool run_expression(struct job *job, struct err *e)
{
    struct node *tree = expression_parse(job->o->expression, e);
    if (!tree)
        return false;
    struct build_result result;
    bool ok = build_expression(&job->builder, tree, &result, e) &&
              boolmask_export_single(&job->builder, &result, job->o->out, e);
    build_result_free(&result);
    node_free(tree);
    return ok;
}

static bool run_single(struct job *job, struct err *e)
{
    size_t found = 0, n = 0;
    for (size_t i = 0; i < job->recipe.n; i++)
        if (job->wanted[i]) {
            found = i;
            n++;
        }
    if (n != 1)
        return err_set(e, ERR_USAGE, "one file takes one structure: name it with --structure");
    const struct build_result *result;
    return build_structure(&job->builder, found, &result, e) &&
           (boolmask_export_single(&job->builder, result, job->o->out, e) ||
            err_wrap(e, "%s", job->recipe.structure[found].name));
}

static bool run_recipe(struct job *job, struct err *e)
{
    if (!select_structures(job, e))
        return false;
    if (is_single_file(job->o->out))
        return run_single(job, e);
    size_t refused;
    if (!boolmask_export_folder(&job->builder, job->wanted, job->o->out, &refused, e))
        return false;
    return refused == 0 || err_set(e, ERR_REFUSED,
                                   "%zu of %zu structures were refused: see "
                                   "%s/masks.json",
                                   refused, job->recipe.n, job->o->out);
}

static bool boolstruct_run(const void *opts, struct err *e)
{
    const struct opts *o = opts;
    struct job job = {.o = o, .builder.resample = o->resample};
    bool ok = !o->recipe || recipe_read(o->recipe, &job.recipe, e);
    if (ok && o->list) {
        ok = boolmask_list(&job.recipe, o->format == FORMAT_JSON, e);
    } else if (ok && open_sources(&job, e)) {
        job.builder.library = &job.library;
        job.builder.recipe = &job.recipe;
        build_start(&job.builder);
        ok = o->expression ? run_expression(&job, e) : run_recipe(&job, e);
        build_end(&job.builder);
    } else {
        ok = false;
    }
    free(job.wanted);
    library_free(&job.library);
    recipe_free(&job.recipe);
    return ok;
}

const struct tool boolstruct_tool = {
    .name = "boolstruct",
    .summary = "make masks from masks: set operations and margins",
    .synopsis = synopsis,
    .description =
        "Operators, from the tightest: a margin (+5mm, -3mm, "
        "+{ant:5,post:3,left:2,right:2,sup:10,inf:10}mm) binds to the operand before it; & "
        "(intersection); - (without) and ^ (either, not both); | (union). Parentheses as usual. "
        "Names are original names or file stems; ASCII letters, digits, '_' and '.' stand bare, "
        "everything else in double quotes. source/name says which folder.\n"
        "\n"
        "A name matches exactly or, failing that, by its letters and digits in lower case; on an "
        "equal match Manual comes before Custom before AutoRTS; what stays ambiguous is refused.\n"
        "\n"
        "Margins are Euclidean distances in millimetres between voxel centres; six distances make "
        "an ellipsoid octant by octant in patient directions; a side of zero stays still; outside "
        "the image is outside the structure.\n"
        "\n"
        "Recipes: structures in any order. A source that is missing or empty leaves a union "
        "partial; other operations have no mask then, and masks.json says why.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = boolstruct_run,
};
