/* The tables that the graph makes besides merging. */
#include "cli/opt.h"
#include "graph/tables.h"
#include "guard/witness.h"

#include <stddef.h>

struct opts {
    const char *course, *courses, *left_out, *list, *out, *status, *values, *tickets;
};

static const struct opt table[] = {
    {"course", 0, OPT_FILE_IN, offsetof(struct opts, course), "JOB",
     "write the tables of the course that this file describes"},
    {"courses", 0, OPT_FILE_IN, offsetof(struct opts, courses), "JOB",
     "write the table of courses: UIDs, sizes, how they were acquired"},
    {"left-out", 0, OPT_FILE_IN, offsetof(struct opts, left_out), "JOB",
     "write the table of what was left out"},
    {"concatenate", 0, OPT_FILE_IN, offsetof(struct opts, list), "LIST",
     "write the tables of one header that this file names, one a line, as one; the first is the "
     "header alone"},
    {"output", 'o', OPT_FILE_OUT, offsetof(struct opts, out), "FILE", "table to write"},
    {"status", 0, OPT_FILE_OUT, offsetof(struct opts, status), "FILE",
     "with --course: status of every region"},
    {"long", 0, OPT_FILE_OUT, offsetof(struct opts, values), "FILE",
     "with --course: a table of one line per value"},
    {"tickets", 0, OPT_DIR_OUT, offsetof(struct opts, tickets), "DIR",
     "folder for small files that say what was written, by which damage is noticed"},
    {0}};

static const struct operand operands[] = {{0}};

static bool check(const void *values, struct err *e)
{
    const struct opts *o = values;
    if (!!o->course + !!o->courses + !!o->left_out + !!o->list != 1)
        return err_set(e, ERR_USAGE,
                       "one of --course, --courses, --left-out and --concatenate is needed");
    if (!o->course && (o->status || o->values))
        return err_set(e, ERR_USAGE, "--status and --long need --course");
    if (!o->out || (o->course && !o->status))
        return err_set(e, ERR_USAGE, "-o is needed, and --status with --course");
    return true;
}

static bool radtable_run(const void *values, struct err *e)
{
    const struct opts *o = values;
    const struct course_tables course = {o->out, o->status, o->values};
    bool ok = o->course    ? tables_course(o->course, &course, e)
              : o->list    ? tables_concatenate(o->list, o->out, e)
              : o->courses ? tables_courses(o->courses, o->out, e)
                           : tables_left_out(o->left_out, o->out, e);
    const char *const products[] = {o->out, o->status, o->values};
    for (int i = 0; ok && o->tickets && i < 3; i++)
        ok = !products[i] || witness_write_one(o->tickets, products[i], e);
    return ok;
}

static const char *const synopsis[] = {"--course JOB -o radiomics.csv --status status.csv "
                                       "[--long radiomics_long.csv]",
                                       "--courses JOB -o courses.csv",
                                       "--left-out JOB -o left_out.csv",
                                       "--concatenate LIST -o radiomics_long.csv", NULL};

const struct tool radtable_tool = {
    .name = "radtable",
    .summary = "write the tables of one course, of all courses, or of what was left out",
    .synopsis = synopsis,
    .description = "Run by the graph. The job files come with the graph.",
    .opts = table,
    .operands = operands,
    .opts_size = sizeof(struct opts),
    .check = check,
    .run = radtable_run};
