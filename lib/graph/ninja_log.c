#include "graph/ninja_log.h"

#include "base/mem.h"
#include "io/atomic.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIELDS = 5 }; /* start, end, time, output, digest of the command */

static bool add_line(struct ninja_log *l, const char *line)
{
    const char *field[FIELDS] = {line};
    for (int i = 1; i < FIELDS; i++) {
        const char *tab = strchr(field[i - 1], '\t');
        if (!tab)
            return false;
        field[i] = tab + 1;
    }
    if (!*field[FIELDS - 1] || strchr(field[FIELDS - 1], '\t'))
        return false;
    if (l->n == l->room) {
        l->room = l->room ? 2 * l->room : 256;
        l->item = mem_grow(l->item, l->room, sizeof *l->item);
    }
    struct str output = {0};
    str_add_n(&output, field[3], (size_t)(field[4] - field[3]) - 1);
    l->item[l->n++] = (struct ninja_entry){
        .output = str_take(&output), .line = mem_strdup(line), .time = strtoll(field[2], NULL, 10)};
    return true;
}

void ninja_log_add(struct ninja_log *l, const char *path)
{
    size_t bytes;
    struct err ignored = {0};
    char *text = access(path, R_OK) == 0 ? file_read(path, SIZE_MAX / 2, &bytes, &ignored) : NULL;
    char *at = text;
    for (bool first = true; at && *at; first = false) {
        char *end = strchr(at, '\n');
        if (!end)
            break; /* cut */
        *end = '\0';
        if (first && !l->header)
            l->header = mem_strdup(at);
        else if (first && strcmp(l->header, at) != 0)
            break;
        else if (!first)
            add_line(l, at);
        at = end + 1;
    }
    free(text);
}

/* By output; the last made comes first. */
static int by_output(const void *a, const void *b)
{
    const struct ninja_entry *x = a, *y = b;
    int order = strcmp(x->output, y->output);
    return order ? order : (x->time < y->time) - (x->time > y->time);
}

static void entry_free(struct ninja_entry *x)
{
    free(x->output);
    free(x->line);
}

void ninja_log_finish(struct ninja_log *l)
{
    size_t kept = 0;
    if (l->n)
        qsort(l->item, l->n, sizeof *l->item, by_output);
    for (size_t i = 0; i < l->n; i++)
        if (kept && strcmp(l->item[kept - 1].output, l->item[i].output) == 0)
            entry_free(&l->item[i]);
        else
            l->item[kept++] = l->item[i];
    l->n = kept;
}

bool ninja_log_write(const struct ninja_log *l, const struct str_list *outputs, const char *path,
                     struct err *e)
{
    if (!l->header)
        return true;
    struct str text = {0};
    size_t at = 0;
    str_addf(&text, "%s\n", l->header);
    for (size_t i = 0; i < l->n; i++) {
        while (outputs && at < outputs->n && strcmp(outputs->item[at], l->item[i].output) < 0)
            at++;
        if (!outputs || (at < outputs->n && strcmp(outputs->item[at], l->item[i].output) == 0))
            str_addf(&text, "%s\n", l->item[i].line);
    }
    bool ok = out_write(path, text.text, text.len, true, e);
    str_free(&text);
    return ok;
}

void ninja_log_free(struct ninja_log *l)
{
    for (size_t i = 0; i < l->n; i++)
        entry_free(&l->item[i]);
    free(l->item);
    free(l->header);
    *l = (struct ninja_log){0};
}
