/* Cohorts and courses are run by the radmill executable in a process of its own, so that a crash of
 * a ROI is a row in the status table and not the end of the caller. */
#include "api/call.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 24 };

/* A command line, without memory of its own. */
struct command {
    char program[PATH_MAX], workers[32];
    const char *word[MOST_ARGUMENTS + 1];
    size_t n;
};

/* <folder of this library>/../bin/radmill: true in the build tree and in an installation. */
static bool beside_library(char path[PATH_MAX])
{
    Dl_info here;
    if (!dladdr((void *)&radmill_version, &here) || !here.dli_fname)
        return false;
    const char *slash = strrchr(here.dli_fname, '/');
    int folder = slash ? (int)(slash - here.dli_fname) : 0;
    int n = snprintf(path, PATH_MAX, "%.*s/../bin/radmill", folder, here.dli_fname);
    return slash && n < PATH_MAX && access(path, X_OK) == 0;
}

static void add_option(struct command *c, const char *name, const char *value)
{
    if (!value || c->n + 2 > MOST_ARGUMENTS)
        return;
    c->word[c->n++] = name;
    c->word[c->n++] = value;
}

static bool begin_command(struct command *c, const struct radmill_config *config, struct err *e)
{
    c->n = 0;
    if (config->tools &&
        snprintf(c->program, sizeof c->program, "%s/radmill", config->tools) >= PATH_MAX)
        return err_set(e, ERR_USAGE, "the folder of the tools has too long a name");
    if (!config->tools && !beside_library(c->program))
        strcpy(c->program, "radmill");
    c->word[c->n++] = c->program;
    c->word[c->n++] = "--quiet"; /* nothing is printed on the caller's terminal */
    add_option(c, "--outdir", config->output_root);
    add_option(c, "--logs", config->logs_root);
    add_option(c, "--params", config->params);
    c->word[c->n++] = config->enable_parallel ? "--parallel-radiomics" : "--sequential-radiomics";
    if (config->enable_parallel && config->workers > 0) {
        snprintf(c->workers, sizeof c->workers, "%d", config->workers);
        add_option(c, "-j", c->workers);
    }
    return true;
}

static bool spawn_and_wait(struct command *c, struct err *e)
{
    pid_t pid;
    int status;
    c->word[c->n] = NULL;
    int code = posix_spawnp(&pid, c->program, NULL, NULL, (char *const *)c->word, environ);
    if (code != 0)
        return err_set(e, ERR_FAILED, "%s: %s", c->program, strerror(code));
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return err_errno(e, "%s", c->program);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFEXITED(status))
        return err_set(e, (enum err_code)WEXITSTATUS(status),
                       "the run ended with an error: see the status table and the log");
    return err_set(e, ERR_FAILED, "the run was ended by a signal");
}

bool radmill_run(const struct radmill_config *given, struct radmill_error *e)
{
    struct radmill_config config;
    struct command c;
    struct err why = {0};
    api_read(&config, given, sizeof config);
    if (!config.output_root) {
        err_set(&why, ERR_USAGE, "output_root is missing");
        return api_fail(e, &why);
    }
    if (!begin_command(&c, &config, &why))
        return api_fail(e, &why);
    add_option(&c, "--dicom-root", config.dicom_root);
    add_option(&c, "--custom-structures", config.custom_structures);
    return spawn_and_wait(&c, &why) || api_fail(e, &why);
}

bool radmill_course(const struct radmill_config *given, const char *course_dir,
                    const char *custom_structures, struct radmill_error *e)
{
    struct radmill_config config;
    struct command c;
    struct err why = {0};
    api_read(&config, given, sizeof config);
    if (!begin_command(&c, &config, &why))
        return api_fail(e, &why);
    add_option(&c, "--course-dir", course_dir);
    add_option(&c, "--custom-structures",
               custom_structures ? custom_structures : config.custom_structures);
    return spawn_and_wait(&c, &why) || api_fail(e, &why);
}
