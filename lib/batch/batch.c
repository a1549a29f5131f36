#include "batch/batch.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/num.h"
#include "batch/cases.h"
#include "engine/rows/unite.h"
#include "guard/record.h"
#include "io/atomic.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_BYTES = 64 << 20 };

struct batch {
    const struct batch_request *request;
    struct batch_cases cases;
    char *folder;        /* of the results, one file per case */
    atomic_size_t *next; /* shared by the workers: the next case to take */
};

static char *file_of(const struct batch *b, size_t i, const char *suffix)
{
    struct str path = {0};
    str_addf(&path, "%s/%zu%s", b->folder, i, suffix);
    return str_take(&path);
}

/* --- one case, in a worker --- */

static void argument(struct str_list *argv, const char *option, const char *value)
{
    str_list_add(argv, option);
    str_list_add(argv, value);
}

static void number_argument(struct str_list *argv, const char *option, const char *before,
                            int64_t number)
{
    struct str value = {0};
    str_addf(&value, "%s%" PRId64, before, number);
    argument(argv, option, value.text);
    str_free(&value);
}

static void command_of(const struct batch *b, size_t i, struct str_list *argv)
{
    const struct batch_case *c = &b->cases.item[i];
    char *product = file_of(b, i, ".row");
    str_list_add(argv, "/proc/self/exe");
    str_list_add(argv, c->image);
    str_list_add(argv, c->mask);
    for (size_t k = 0; k < b->request->n_arguments; k++)
        str_list_add(argv, b->request->argument[k]);
    for (size_t k = 0; k < b->cases.column.n; k++) {
        struct str column = {0};
        for (const char *name = b->cases.column.item[k]; *name; name++) {
            if (*name == '=' || *name == '\\')
                str_add_char(&column, '\\');
            str_add_char(&column, *name);
        }
        str_addf(&column, "=%s", c->cell.item[k]);
        argument(argv, "--column", column.text);
        str_free(&column);
    }
    if (c->label > 0)
        number_argument(argv, "--label", "", c->label);
    if (c->channel >= 0)
        number_argument(argv, "--setting", "label_channel=", c->channel);
    if (b->request->maps)
        number_argument(argv, "--case", "", (int64_t)i + 1);
    argument(argv, "--format", b->request->writer->name);
    argument(argv, "-o", product);
    free(product);
}

static void guard_case(const struct batch *b, size_t i, const char *path)
{
    struct str_list argv = {0};
    struct guard_limits limits = {0};
    struct guard_outcome outcome;
    struct record record;
    struct err e = {0};
    char *log = file_of(b, i, ".log");
    command_of(b, i, &argv);
    char **words = mem_must(calloc(argv.n + 1, sizeof *words));
    memcpy(words, argv.item, argv.n * sizeof *words);
    const struct guard_command command = {.argv = words};
    if (guard_run(&command, &limits, log, &outcome, &e) && outcome.end != GUARD_INTERRUPTED)
        record_judge(&record, "features", &outcome, &limits, log);
    else
        record_state(&record, RECORD_FAILED, "features", e.text[0] ? e.text : "interrupted");
    record_write(&record, path, &e);
    record_free(&record);
    str_list_free(&argv);
    free(words);
    free(log);
}

static void run_case(const struct batch *b, size_t i)
{
    const struct batch_case *c = &b->cases.item[i];
    char *path = file_of(b, i, ".json");
    if (c->refusal) {
        struct record record;
        struct err e = {0};
        record_state(&record, RECORD_SKIPPED, "features", c->refusal);
        record_write(&record, path, &e);
        record_free(&record);
    } else {
        guard_case(b, i, path);
    }
    free(path);
}

static void work(const struct batch *b)
{
    guard_die_with_parent();
    for (size_t i; (i = atomic_fetch_add(b->next, 1)) < b->cases.n;)
        run_case(b, i);
}

/* --- all cases --- */

static bool start_workers(const struct batch *b, pid_t *worker, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++) {
        worker[i] = fork();
        if (worker[i] < 0)
            return err_errno(e, "cannot start a worker");
        if (worker[i] == 0) {
            work(b);
            _exit(0);
        }
    }
    return true;
}

static bool run_all(struct batch *b, struct err *e)
{
    size_t n = (size_t)b->request->jobs < b->cases.n ? (size_t)b->request->jobs : b->cases.n;
    pid_t *worker = mem_must(calloc(n, sizeof *worker));
    bool good = start_workers(b, worker, n, e);
    for (size_t i = 0; i < n; i++)
        while (worker[i] > 0 && waitpid(worker[i], NULL, 0) < 0 && errno == EINTR)
            ;
    free(worker);
    return good;
}

/* Reports a case that has no row; true when it was refused by a rule. */
static bool report(size_t i, const struct record *r)
{
    log_warning("case %zu: %s: %s", i + 1, record_state_names[r->state], r->reason);
    return r->state == RECORD_SKIPPED;
}

/* The columns that cases would have, for a table to which none has contributed. */
static bool add_header(const struct batch *b, struct unite *table, struct err *e)
{
    const struct batch_request *q = b->request;
    const char *const *name = (const char *const *)b->cases.column.item;
    const struct row_prefix own = {name, name, b->cases.column.n};
    struct str text = {0};
    struct case_row row;
    bool good = case_row_columns(q->params, &own, 3, q->maps, &row, e);
    if (good && q->writer->header) {
        q->writer->header(&row, &text);
        q->writer->unite_header(table, text.text);
    }
    case_row_free(&row);
    str_free(&text);
    return good;
}

static bool collect(const struct batch *b, struct unite *table, struct err *e)
{
    size_t failed = 0, done = 0;
    for (size_t i = 0; i < b->cases.n; i++) {
        char *path = file_of(b, i, ".json"), *product = file_of(b, i, ".row"), *text = NULL;
        struct record record;
        size_t bytes;
        if (!record_read(&record, path, e))
            record_state(&record, RECORD_FAILED, "features", "the worker died");
        if (record.state == RECORD_OK && !(text = file_read(product, MOST_BYTES, &bytes, e)))
            record.state = RECORD_FAILED;
        if (text)
            unite_add(table, text);
        else {
            unite_add_cells(table, &b->cases.column, &b->cases.item[i].cell);
            failed += !report(i, &record);
        }
        done += text != NULL;
        record_free(&record);
        free(text);
        free(path);
        free(product);
    }
    if (done == 0 && !add_header(b, table, e))
        return false;
    if (failed)
        return err_set(e, ERR_FAILED, "%zu of %zu cases failed", failed, b->cases.n);
    return done || err_set(e, ERR_FAILED, "none of %zu cases has values", b->cases.n);
}

static void remove_folder(const struct batch *b)
{
    static const char *const suffix[] = {".row", ".log", ".json"};
    for (size_t i = 0; i < b->cases.n; i++)
        for (size_t k = 0; k < sizeof suffix / sizeof *suffix; k++) {
            char *path = file_of(b, i, suffix[k]);
            unlink(path);
            free(path);
        }
    rmdir(b->folder);
}

bool batch_run(const struct batch_request *request, struct str *out, struct err *e)
{
    const char *scratch = getenv("TMPDIR");
    struct batch b = {.request = request};
    struct unite table = {.writer = request->writer};
    if (!batch_cases_read(request->csv, &b.cases, e))
        return false;
    bool good = false;
    b.folder = path_join(scratch && *scratch ? scratch : "/tmp", "radfeat-batch-XXXXXX");
    b.next = mmap(NULL, sizeof *b.next, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (b.next == MAP_FAILED || !mkdtemp(b.folder)) {
        err_errno(e, "preparing a batch");
    } else {
        good = run_all(&b, e) && collect(&b, &table, e);
        unite_print(&table, out);
        remove_folder(&b);
    }
    if (b.next != MAP_FAILED)
        munmap(b.next, sizeof *b.next);
    free(b.folder);
    unite_free(&table);
    batch_cases_free(&b.cases);
    return good;
}
