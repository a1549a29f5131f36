/* What a run was asked for, by the names of make's variables; remembered in OUTDIR, so that
 * `make OUTDIR=DIR` repeats it. A setting that is given empty is forgotten. The rows are in
 * graph/settings.def; everything here loops over them. */
#ifndef RADMILL_GRAPH_SETTINGS_H
#define RADMILL_GRAPH_SETTINGS_H

#include "base/err.h"
#include "base/str.h"

enum setting {
#define SETTING(name, ...) SET_##name,
#include "graph/settings.def"
#undef SETTING
    SETTINGS
};

/* What a value may be. Paths are kept absolute. */
enum setting_kind {
    SETTING_FOLDER,     /* must be there */
    SETTING_FILE,       /* must be there */
    SETTING_NEW_FOLDER, /* may be made */
    SETTING_CHOICE,     /* one of choices */
    SETTING_WORDS,      /* some of choices, with commas or blanks between */
    SETTING_WORD,       /* letters, digits, '-' and '_' */
    SETTING_PRESET,     /* letters, digits, '-', '_' and '.'; choices are those that are shown, and
                         * radfeat knows more */
    SETTING_NUMBER,     /* min..max */
    SETTING_COUNT,      /* a whole number, min..max */
    SETTING_PATTERNS,   /* as patterns_parse takes them */
    SETTING_TEXT,       /* any one line */
};

struct setting_info {
    const char *name; /* of make's variable; the option is this in lower case with hyphens */
    enum setting_kind kind;
    char letter;                /* short option; 0: none */
    const char *alias;          /* a second spelling of the option; NULL: none */
    const char *const *choices; /* NULL-terminated; NULL: no list */
    double min, max;            /* of numbers */
    /* what settings_get returns when the setting was not given; NULL: nothing */
    const char *fallback;
    const char *otherwise; /* the default in words, when there is no fallback */
    const char *metavar;
    const char *stage; /* the first that it reaches: scan, image, masks, structures, features,
                          tables; "run": how things run, not what comes out */
    const char *help;
    const char *scan;     /* option of `dcm2nii-course --scan` that gets the value; NULL: none */
    const char *image;    /* option of `dcm2nii-course --course`; SETTING_CHOICE and numbers only */
    const char *modality; /* `image` goes to courses of this one only; NULL: to all */
    bool once;            /* not remembered */
    bool retries;         /* a retry accepts it, for that run only */
    bool is_private;      /* may spell an identifier: with PSEUDONYMIZE no terminal shows it */
};

extern const struct setting_info settings_table[SETTINGS];

/* "--dicom-root" without its dashes, into a buffer. */
enum { SETTING_OPTION_SIZE = 32 };
const char *settings_option(enum setting which, char out[SETTING_OPTION_SIZE]);

struct run_settings {
    char *value[SETTINGS]; /* owned; NULL: not given */
    bool given[SETTINGS];  /* this time; a value that is not is a remembered one */
    char *kept[SETTINGS];  /* owned; what settings_save writes instead; NULL: the value */
};

/* Takes "NAME=value" or, in the spelling of radmill, "--name=value"; messages spell it the same
 * way. Relative paths are meant from the current folder. ERR_USAGE: an unknown name (the nearest
 * one is named), or a value that it does not take; ERR_REFUSED: a file or folder that is not
 * there. */
bool settings_set(struct run_settings *s, const char *assignment, struct err *e);

/* Reads what an earlier run remembered into what was not given now; a file that is not there says
 * nothing. ERR_REFUSED: the file is broken. */
bool settings_load(struct run_settings *s, const char *path, struct err *e);
bool settings_save(const struct run_settings *s, const char *path, struct err *e);

/* Checks remembered values: files may have been removed. */
bool settings_check(const struct run_settings *s, struct err *e);

/* "NAME=value NAME=value" of the remembered settings in use; empty when all were given. */
void settings_remembered(const struct run_settings *s, struct str *out);

/* The value, or the setting's default (may be NULL). */
const char *settings_get(const struct run_settings *s, enum setting which);

/* All of them with defaults: "text" for `make help`, "md" for docs/settings.md. */
void settings_describe(bool markdown, struct str *out);

void settings_free(struct run_settings *s);

#endif
