/* Whole cohorts and courses run in processes of their own, by the same executable that a shell
 * would call: a crash of a ROI is a row of the status table and not the end of the caller. */
#include "api/radmill.h"

#include "base/mem.h"
#include "base/str.h"

#include <dlfcn.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool fail(struct radmill_error *to, int code, const char *what, const char *why)
{
    if (to) {
        struct err e = {0};
        err_set(&e, (enum err_code)code, "%s%s%s", what, why ? ": " : "", why ? why : "");
        to->code = code;
        memcpy(to->text, e.text, sizeof to->text);
    }
    return false;
}

/* <folder of this library>/../bin/radmill: true in the build tree and in an installation. */
static char *front_door(const struct radmill_config *c)
{
    Dl_info here;
    if (c->tools)
        return path_join(c->tools, "radmill");
    if (!dladdr((void *)&radmill_version, &here) || !here.dli_fname)
        return mem_strdup("radmill");
    char *folder = path_dir(here.dli_fname);
    char *path = path_join(folder, "../bin/radmill");
    free(folder);
    if (access(path, X_OK) == 0)
        return path;
    free(path);
    return mem_strdup("radmill");
}

static void add(struct str_list *argv, const char *name, const char *value)
{
    if (!value)
        return;
    str_list_add(argv, name);
    str_list_add(argv, value);
}

static void common_arguments(const struct radmill_config *c, struct str_list *argv)
{
    char number[32];
    char *program = front_door(c);
    str_list_add(argv, program);
    free(program);
    str_list_add(argv, "--quiet"); /* the caller's terminal is the caller's */
    add(argv, "--outdir", c->output_root);
    add(argv, "--logs", c->logs_root);
    add(argv, "--params", c->params);
    str_list_add(argv, c->enable_parallel ? "--parallel-radiomics" : "--sequential-radiomics");
    if (c->enable_parallel && c->workers > 0) {
        snprintf(number, sizeof number, "%d", c->workers);
        add(argv, "-j", number);
    }
}

static bool spawn_and_wait(struct str_list *argv, struct radmill_error *e)
{
    pid_t pid;
    int status;
    argv->item = mem_grow(argv->item, argv->n + 1, sizeof *argv->item);
    argv->item[argv->n] = NULL;
    int code = posix_spawnp(&pid, argv->item[0], NULL, NULL, argv->item, environ);
    if (code != 0)
        return fail(e, ERR_FAILED, argv->item[0], strerror(code));
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return fail(e, ERR_FAILED, argv->item[0], strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFEXITED(status))
        return fail(e, WEXITSTATUS(status), "the run ended with an error",
                    "see the status table and the log");
    return fail(e, ERR_FAILED, "the run was ended by a signal", NULL);
}

bool radmill_run(const struct radmill_config *c, struct radmill_error *e)
{
    struct str_list argv = {0};
    if (!c->output_root)
        return fail(e, ERR_USAGE, "output_root is missing", NULL);
    common_arguments(c, &argv);
    add(&argv, "--dicom-root", c->dicom_root);
    add(&argv, "--custom-structures", c->custom_structures);
    bool ok = spawn_and_wait(&argv, e);
    str_list_free(&argv);
    return ok;
}

bool radmill_course(const struct radmill_config *c, const char *course_dir,
                    const char *custom_structures, struct radmill_error *e)
{
    struct str_list argv = {0};
    common_arguments(c, &argv);
    add(&argv, "--course-dir", course_dir);
    add(&argv, "--custom-structures", custom_structures ? custom_structures : c->custom_structures);
    bool ok = spawn_and_wait(&argv, e);
    str_list_free(&argv);
    return ok;
}
