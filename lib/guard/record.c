#include "guard/record.h"

#include "base/mem.h"
#include "io/json.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const record_state_names[3] = {"ok", "skipped", "failed"};

enum { TAIL = 4096, LONGEST_LINE = 400 };

/* The last line of a log that is not empty, without the "tool: error: " in front. */
static void last_line(const char *log, struct str *out)
{
    char text[TAIL + 1];
    int fd = log ? open(log, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    off_t size = lseek(fd, 0, SEEK_END);
    ssize_t n = pread(fd, text, TAIL, size > TAIL ? size - TAIL : 0);
    close(fd);
    if (n <= 0)
        return;
    text[n] = '\0';
    /* NUL and control bytes that a crashing program may have written */
    for (ssize_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < ' ' && text[i] != '\n')
            text[i] = ' ';
    char *all = str_trim(text);
    char *newline = strrchr(all, '\n');
    char *line = str_trim(newline ? newline + 1 : all);
    char *error = strstr(line, ": error: ");
    if (error)
        line = error + strlen(": error: ");
    str_add_n(out, line, strnlen(line, LONGEST_LINE));
}

static void say_how(struct str *s, const struct guard_outcome *o, const struct guard_limits *l)
{
    const char *name;
    switch (o->end) {
    case GUARD_EXITED:
        str_addf(s, "exit status %d", o->status);
        break;
    case GUARD_SIGNALLED:
        name = sigdescr_np(o->signal);
        str_addf(s, "signal %d (%s)", o->signal, name ? name : "unknown");
        break;
    case GUARD_OVER_TIME:
        str_addf(s, "time: more than %g s", l->wall_s);
        break;
    case GUARD_OVER_MEMORY:
        str_addf(s, "memory: more than %g MB", l->memory_mb);
        break;
    case GUARD_INTERRUPTED:
        str_add(s, "interrupted");
        break;
    }
}

static void explain(struct record *r, const struct guard_outcome *o, const struct guard_limits *l,
                    const char *log, struct str *reason)
{
    struct str line = {0};
    last_line(log, &line);
    if (r->state == RECORD_FAILED || !line.len)
        say_how(reason, o, l);
    if (line.len)
        str_addf(reason, "%s%s", reason->len ? ": " : "", line.text);
    str_free(&line);
}

void record_judge(struct record *r, const char *stage, const struct guard_outcome *o,
                  const struct guard_limits *limits, const char *log)
{
    struct str reason = {0};
    r->state = RECORD_FAILED;
    if (o->end == GUARD_EXITED && o->status == ERR_NONE)
        r->state = RECORD_OK;
    else if (o->end == GUARD_EXITED && o->status == ERR_REFUSED)
        r->state = RECORD_SKIPPED;
    if (r->state != RECORD_OK)
        explain(r, o, limits, log, &reason);
    record_state(r, r->state, stage, str_text(&reason));
    str_free(&reason);
    r->exit_status = o->status;
    r->signal = o->signal;
    r->seconds = o->seconds;
    r->cpu_seconds = o->cpu_seconds;
    r->peak_mb = o->peak_mb;
    free(r->log);
    r->log = mem_strdup(log ? log : "");
}

void record_change(struct record *r, enum record_state state, const char *reason)
{
    r->state = state;
    free(r->reason);
    r->reason = mem_strdup(reason);
}

void record_state(struct record *r, enum record_state state, const char *stage, const char *reason)
{
    *r = (struct record){.state = state, .exit_status = -1};
    r->stage = mem_strdup(stage);
    r->reason = mem_strdup(reason);
    r->log = mem_strdup("");
}

/* Measurements to a thousandth: more digits would be noise. */
static json_t *thousandths(double value)
{
    return json_real(round(value * 1000) / 1000);
}

bool record_write(const struct record *r, const char *path, struct err *e)
{
    json_t *root = json_object();
    json_object_set_new(root, "state", json_string(record_state_names[r->state]));
    json_object_set_new(root, "stage", json_text(r->stage));
    json_object_set_new(root, "reason", json_text(r->reason));
    json_object_set_new(root, "exit_status", json_integer(r->exit_status));
    json_object_set_new(root, "signal", json_integer(r->signal));
    json_object_set_new(root, "seconds", thousandths(r->seconds));
    json_object_set_new(root, "cpu_seconds", thousandths(r->cpu_seconds));
    json_object_set_new(root, "peak_mb", thousandths(r->peak_mb));
    json_object_set_new(root, "log", json_text(r->log));
    bool ok = json_write(path, root, e);
    json_decref(root);
    return ok;
}

static bool state_from(const char *name, enum record_state *state)
{
    for (int i = 0; i < 3; i++)
        if (strcmp(name, record_state_names[i]) == 0) {
            *state = (enum record_state)i;
            return true;
        }
    return false;
}

bool record_read(struct record *r, const char *path, struct err *e)
{
    json_t *root = json_read(path, e);
    if (!root)
        return false;
    enum record_state state = RECORD_FAILED;
    bool ok = state_from(json_get_text(root, "state", ""), &state) ||
              err_set(e, ERR_REFUSED, "%s: no record of a command", path);
    if (ok) {
        record_state(r, state, json_get_text(root, "stage", ""), json_get_text(root, "reason", ""));
        free(r->log);
        r->log = mem_strdup(json_get_text(root, "log", ""));
        int64_t n;
        r->exit_status = json_get_int(root, "exit_status", &n) ? (int)n : -1;
        r->signal = json_get_int(root, "signal", &n) ? (int)n : 0;
        json_get_real(root, "seconds", &r->seconds);
        json_get_real(root, "cpu_seconds", &r->cpu_seconds);
        json_get_real(root, "peak_mb", &r->peak_mb);
    }
    json_decref(root);
    return ok;
}

void record_free(struct record *r)
{
    free(r->stage);
    free(r->reason);
    free(r->log);
    *r = (struct record){0};
}
