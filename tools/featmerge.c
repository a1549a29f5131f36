/* Many tables of rows into one. */
#include "base/mem.h"
#include "cli/opt.h"
#include "guard/witness.h"
#include "io/atomic.h"
#include "table/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct opts {
    const char *out, *join, *tickets;
    struct text_list files, on, allow, sheets;
};

enum { MOST_SHEETS = 32, MOST_SHEET_NAME = 31 /* of XLSX */ };

static const struct opt table[] = {
    {"output", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "FILE",
     "table to write: .csv, .xlsx, .sqlite or .db; - is CSV on standard output", "-"},
    {"join", 0, OPT_FILE_IN, offsetof(struct opts, join), "FILE",
     "CSV whose columns are added to the rows that agree in the columns of --on (clinical data); "
     "ids are compared as text"},
    {"on", 0, OPT_LIST, offsetof(struct opts, on), "COLUMN",
     "column to join on, which both have; repeatable, or several with commas between (default: "
     "patient_id)"},
    {"allow", 0, OPT_LIST, offsetof(struct opts, allow), "WHAT",
     "take what is refused otherwise: keys (two rows with the same key), parameters (rows of one "
     "modality "
     "that were made with different ones), columns (joined ones that disagree: NAME_joined); "
     "repeatable, or with commas between"},
    {"sheet", 0, OPT_LIST, offsetof(struct opts, sheets), "NAME=FILE",
     "CSV that becomes a sheet or table of its own beside the result, in XLSX and SQLite; "
     "repeatable"},
    {"tickets", 0, OPT_DIR_OUT, offsetof(struct opts, tickets), "DIR",
     "folder for a small file that says what was written, by which damage is noticed"},
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

/* Words of a list, with commas between or each by its own option. */
static void split(const struct text_list *list, struct str_list *words)
{
    for (size_t i = 0; i < list->n; i++) {
        char *copy = mem_strdup(list->item[i]), *rest = NULL;
        for (char *word = strtok_r(copy, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
            str_list_add(words, word);
        free(copy);
    }
}

static bool read_allow(const struct opts *o, unsigned *allow, struct err *e)
{
    static const struct {
        const char *word;
        unsigned bit;
    } known[] = {{"keys", TABLE_ALLOW_KEYS},
                 {"parameters", TABLE_ALLOW_PARAMETERS},
                 {"columns", TABLE_ALLOW_COLUMNS}};
    struct str_list words = {0};
    bool ok = true;
    split(&o->allow, &words);
    for (size_t i = 0; ok && i < words.n; i++) {
        size_t k = 0;
        while (k < sizeof known / sizeof known[0] && strcmp(words.item[i], known[k].word) != 0)
            k++;
        ok = k < sizeof known / sizeof known[0] ||
             err_set(e, ERR_USAGE, "--allow %s: it is keys, parameters or columns", words.item[i]);
        *allow |= ok ? known[k].bit : 0;
    }
    str_list_free(&words);
    return ok;
}

static bool merge(const struct opts *o, struct table *t, struct err *e)
{
    bool ok = read_allow(o, &t->allow, e) && (o->files.n > 0 || add_listed(t, o->out, e));
    for (size_t i = 0; ok && i < o->files.n; i++)
        ok = add(t, o->files.item[i], o->out, e);
    return ok && table_finish(t, e);
}

static bool join(const struct opts *o, struct table *t, struct err *e)
{
    struct str_list on = {0};
    split(&o->on, &on);
    if (on.n == 0)
        str_list_add(&on, "patient_id");
    bool ok = out_refuse_input(o->out, o->join, e) && table_join(t, o->join, &on, e);
    str_list_free(&on);
    return ok;
}

/* A CSV file without changes, under the name before the first '='. */
static bool add_sheet(const char *text, const char *out, char *name, struct table *t, struct err *e)
{
    const char *equals = strchr(text, '=');
    size_t n = equals ? (size_t)(equals - text) : 0;
    if (n == 0 || n > MOST_SHEET_NAME ||
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ") < n)
        return err_set(e, ERR_USAGE,
                       "--sheet %s: NAME=FILE is needed, a name of at most %d letters, digits, _ "
                       "and blanks",
                       text, MOST_SHEET_NAME);
    memcpy(name, text, n);
    name[n] = '\0';
    t->allow = TABLE_ALLOW_PARAMETERS | TABLE_ALLOW_KEYS;
    return add(t, equals + 1, out, e) && table_finish(t, e);
}

static bool write_all(const struct opts *o, const struct table *t, struct err *e)
{
    struct table more[MOST_SHEETS] = {{0}};
    char name[MOST_SHEETS][MOST_SHEET_NAME + 1];
    struct table_sheet sheet[MOST_SHEETS + 1] = {{"radiomics", t}};
    bool ok = true;
    for (size_t i = 0; ok && i < o->sheets.n; i++) {
        ok = add_sheet(o->sheets.item[i], o->out, name[i], &more[i], e);
        sheet[i + 1] = (struct table_sheet){name[i], &more[i]};
        for (size_t k = 0; ok && k <= i; k++)
            ok = strcasecmp(sheet[k].name, name[i]) != 0 ||
                 err_set(e, ERR_USAGE, "--sheet: two sheets are called %s", name[i]);
    }
    ok = ok && table_write(sheet, o->sheets.n + 1, o->out, e);
    for (size_t i = 0; i < o->sheets.n; i++)
        table_free(&more[i]);
    return ok;
}

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    if (o->on.n && !o->join)
        return err_set(e, ERR_USAGE, "--on needs --join");
    return o->sheets.n <= MOST_SHEETS ||
           err_set(e, ERR_USAGE, "--sheet: at most %d times", MOST_SHEETS);
}

static bool featmerge_run(const void *values, struct err *e)
{
    const struct opts *o = values;
    struct table t = {0};
    bool ok = merge(o, &t, e) && (!o->join || join(o, &t, e)) && write_all(o, &t, e);
    table_free(&t);
    return ok && (!o->tickets || witness_write_one(o->tickets, o->out, e));
}

static const char *const synopsis[] = {
    "[FILE]... [-o FILE]", "[FILE]... --join CLINICAL.csv [--on COLUMN]... [-o FILE]", NULL};
static const char *const examples[] = {
    "featmerge P1/*/radiomics.csv P2/*/radiomics.csv -o cohort.xlsx",
    "find . -name radiomics.csv | featmerge -o cohort.sqlite",
    "featmerge radiomics.csv --join clinical.csv --on patient_id -o model.csv", NULL};

const struct tool featmerge_tool = {
    .name = "featmerge",
    .summary = "merge tables of features into one",
    .synopsis = synopsis,
    .description =
        "The result has every column of every input, a family of columns in its own order, and is "
        "sorted by patient_id, course_id, segmentation_source and roi_id where all inputs have "
        "them. Refused, unless --allow says otherwise: two rows with the same key, and rows of one "
        "modality "
        "whose diagnostics tell of different parameters.\n\n"
        "--join adds the columns of a second table by a column that both have. A row without a "
        "record stays empty there, and how many there are is said; two records with the same key "
        "are "
        "refused, and so is a column of both whose values disagree.\n\n"
        "In XLSX and SQLite names and ids are text (007 stays 007), and a column of numbers is a "
        "column of numbers. SQLite takes 2,000 columns: a wider table is laid out by values "
        "(radiomics, radiomics_column, radiomics_value and the view radiomics_long).",
    .opts = table,
    .operands = operands,
    .examples = examples,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = featmerge_run};
