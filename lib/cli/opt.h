/* One table per tool is the whole truth about its command line: parsing, --help, the man page, the
 * Markdown page, shell completion and the tests loop over it. An option that is not in the table
 * cannot exist.
 *
 * A tool's file looks like this:
 *
 *     struct opts { const char *image; const char *params; int64_t label; struct text_list setting;
 * }; static const struct opt table[] = {
 *         {"params", 0, OPT_FILE_IN, offsetof(struct opts, params), "FILE", "parameter file"},
 *         {"label", 0, OPT_INT, offsetof(struct opts, label), "N", "ROI value in the mask", "1",
 *          .min = 1, .max = 4294967295.0},
 *         {"setting", 0, OPT_LIST, offsetof(struct opts, setting), "K=V", "override; repeatable"},
 *         {0}};
 *     static const struct operand operands[] = {
 *         {"IMAGE", OPT_FILE_IN, offsetof(struct opts, image), "image", 1, 1}, {0}};
 *     const struct tool radfeat_tool = {.name = "radfeat", ...};
 */
#ifndef RADMILL_CLI_OPT_H
#define RADMILL_CLI_OPT_H

#include "base/err.h"
#include "base/nearest.h"

#include <stddef.h>
#include <stdint.h>

/* What an option takes, and the type of its field in the tool's struct. */
enum opt_type {
    OPT_FLAG,     /* bool; no value */
    OPT_TEXT,     /* const char * */
    OPT_FILE_IN,  /* const char *; must be readable; "-" is stdin */
    OPT_DIR_IN,   /* const char *; must be a folder */
    OPT_PATH_IN,  /* const char *; file or folder, must exist; "-" is stdin */
    OPT_FILE_OUT, /* const char *; "-" is stdout */
    OPT_DIR_OUT,  /* const char * */
    OPT_INT,      /* int64_t within min..max (both 0: any) */
    OPT_REAL,     /* double within min..max (both 0: any) */
    OPT_CHOICE,   /* int: index into choices */
    OPT_LIST,     /* struct text_list; every use adds one value */
    OPT_PATHS_IN, /* struct text_list; takes values up to the next option; repeatable; must exist */
};

struct text_list { /* points into argv: borrowed */
    const char **item;
    size_t n;
};

struct opt {
    const char *name; /* without dashes; NULL ends the table */
    char letter;      /* short form, 0: none */
    enum opt_type type;
    size_t offset;
    const char *metavar;
    const char *help;
    const char *fallback;       /* default, as it would be typed; NULL: field stays zero */
    const char *const *choices; /* of OPT_TEXT: shown and completed, the tool checks */
    double min, max;
    const char *otherwise; /* the default in words, where the field stays zero; shown */
};

/* Positional arguments in order. max_count 1: a field as for an option of this type; else:
 * text_list. */
struct operand {
    const char *metavar; /* NULL ends the table */
    enum opt_type type;
    size_t offset;
    const char *help;
    int min_count, max_count; /* max_count -1: any number */
};

struct tool {
    const char *name;
    const char *summary;         /* one line, no full stop */
    const char *const *synopsis; /* usage lines without the tool's name, NULL-terminated */
    const char *description;     /* paragraphs for --help and the man page; may be NULL */
    const struct opt *opts;
    const struct operand *operands;
    const char *const *examples; /* NULL-terminated shell lines, may be NULL */
    const char *voice; /* of a tool that is only called by other tools: its messages bear this name,
                          and no usage stands below them; NULL: its own name */
    size_t opts_size;  /* sizeof(struct opts) */
    void (*prepare)(void);                          /* completes `opts` from another table, before
                                                       anything else; may be NULL */
    bool (*check)(const void *opts, struct err *e); /* rules across options; may be NULL */
    bool (*run)(const void *opts, struct err *e);   /* the work */
};

/* Options that every tool has: --help[=FORMAT], --version, -q, -v. */
extern const struct opt opt_common[];

enum opt_request { OPT_RUN, OPT_HELP, OPT_VERSION };

/* What the common options asked for. */
struct opt_common_values {
    enum opt_request request;
    const char *help_format; /* NULL, "text", "md", "man", "json", "bash" */
    bool quiet;
    int verbose;
};

/* Fills values (opts_size bytes, zeroed by the caller) from argv. Options and operands may come in
 * any order; "--" ends the options; "--name=value" and "--name value" are the same. An operand of
 * max 1 that is missing stays NULL. Errors are ERR_USAGE, with the nearest known option named for a
 * typo; inputs that do not exist are ERR_REFUSED. Lists are released with opt_free. */
bool opt_parse(const struct tool *t, int argc, char **argv, void *values,
               struct opt_common_values *common, struct err *e);
void opt_free(const struct tool *t, void *values);

/* The entry of `candidates` (NULL-terminated) that is nearest to text by edit distance, or NULL
 * when none is similar enough. */
static inline const char *opt_nearest(const char *text, const char *const *candidates)
{
    return name_nearest(text, candidates);
}

#endif
