#include "graph/run.h"

#include "base/str.h"
#include "guard/record.h"
#include "io/atomic.h"
#include "io/csv.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct summary {
    size_t n[3]; /* by record_state */
    size_t most;
    struct str_list header, cells;
};

static const char *cell(const struct summary *s, const char *column)
{
    for (size_t i = 0; i < s->header.n && i < s->cells.n; i++)
        if (strcmp(s->header.item[i], column) == 0)
            return s->cells.item[i];
    return "";
}

/* Names come from strangers: nothing that could drive a terminal is printed. */
static void print_clean(const char *text)
{
    for (; *text; text++)
        putchar((unsigned char)*text < ' ' || *text == 0x7f ? '?' : *text);
}

static void print_region(const struct summary *s, const char *state)
{
    static const char *const shown[] = {"patient_id", "course_id", "segmentation_source",
                                        "roi_original_name", NULL};
    printf("  %s:", state);
    for (const char *const *column = shown; *column; column++) {
        putchar(' ');
        print_clean(cell(s, *column));
    }
    fputs(": ", stdout);
    print_clean(cell(s, "reason"));
    putchar('\n');
}

static void count(struct summary *s)
{
    const char *state = cell(s, "state");
    for (int i = 0; i < 3; i++) {
        if (strcmp(state, record_state_names[i]) != 0)
            continue;
        if (i != RECORD_OK && s->n[i] < s->most)
            print_region(s, state);
        s->n[i]++;
    }
}

/* Ends of records, those within quotes aside. */
static size_t count_lines(const char *text, size_t bytes)
{
    size_t n = 0;
    bool quoted = false;
    for (const char *at = text, *end = text + bytes; at < end; at++) {
        if (*at == '"')
            quoted = !quoted;
        n += *at == '\n' && !quoted;
    }
    return n;
}

bool run_check_rows(const char *radiomics, const struct run_counts *counts, struct err *e)
{
    size_t bytes;
    char *text = file_read(radiomics, SIZE_MAX / 2, &bytes, e);
    if (!text)
        return err_wrap(e, "the table of features");
    size_t lines = count_lines(text, bytes);
    free(text);
    return lines == counts->ok + 1 ||
           err_set(e, ERR_FAILED, "%s has %zu rows for %zu regions that are ok", radiomics,
                   lines ? lines - 1 : 0, counts->ok);
}

bool run_summary(const char *status, size_t most, struct run_counts *out, struct err *e)
{
    size_t bytes;
    char *text = file_read(status, SIZE_MAX / 2, &bytes, e);
    if (!text)
        return false;
    struct summary s = {.most = most};
    const char *at = text;
    csv_record(&at, &s.header);
    while (csv_record(&at, &s.cells))
        count(&s);
    printf("radmill: %zu regions: %zu ok, %zu skipped, %zu failed (%s)\n", s.n[0] + s.n[1] + s.n[2],
           s.n[RECORD_OK], s.n[RECORD_SKIPPED], s.n[RECORD_FAILED], status);
    *out = (struct run_counts){s.n[RECORD_OK], s.n[RECORD_SKIPPED], s.n[RECORD_FAILED]};
    str_list_free(&s.header);
    str_list_free(&s.cells);
    free(text);
    return true;
}
