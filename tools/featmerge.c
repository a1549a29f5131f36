/* Many tables of rows into one. */
#include "base/mem.h"
#include "cli/opt.h"
#include "io/atomic.h"
#include "table/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct opts {
    const char *out;
    struct text_list files;
};

static const struct opt table[] = {
    {"output", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "FILE",
     "table to write: .csv, .xlsx, .sqlite or .db; - is CSV on standard output", "-"},
    {0}};

static const struct operand operands[] = {
    {"FILE", OPT_FILE_IN, offsetof(struct opts, files),
     "CSV with a header; - is rows on standard input; without operands, names of files come from "
     "standard input, one a line",
     0, -1},
    {0}};

static bool add(struct table *t, const char *path, const char *out, struct err *e)
{
    return out_refuse_input(out, path, e) && table_add(t, path, e);
}

static bool add_listed(struct table *t, const char *out, struct err *e)
{
    size_t bytes;
    char *names = file_read("-", SIZE_MAX / 2, &bytes, e);
    bool ok = names != NULL;
    char *rest = NULL;
    for (char *name = ok ? strtok_r(names, "\n", &rest) : NULL; ok && name;
         name = strtok_r(NULL, "\n", &rest))
        ok = add(t, name, out, e);
    free(names);
    return ok;
}

static bool run(const void *values, struct err *e)
{
    const struct opts *o = values;
    struct table t = {0};
    bool ok = o->files.n > 0 || add_listed(&t, o->out, e);
    for (size_t i = 0; ok && i < o->files.n; i++)
        ok = add(&t, o->files.item[i], o->out, e);
    ok = ok && table_finish(&t, e) && table_write(&t, o->out, e);
    table_free(&t);
    return ok;
}

static const char *const synopsis[] = {"[FILE]... [-o FILE]", NULL};
static const char *const examples[] = {
    "featmerge P1/*/radiomics.csv P2/*/radiomics.csv -o cohort.xlsx",
    "find . -name radiomics.csv | featmerge -o cohort.sqlite", NULL};

const struct tool tool = {
    .name = "featmerge",
    .summary = "merge tables of features into one",
    .synopsis = synopsis,
    .description =
        "The result has every column of every input, a family of columns in its own order, and is "
        "sorted by patient_id, course_id, segmentation_source and roi_id where all inputs have "
        "them. Two rows of one key are refused.",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .run = run};
