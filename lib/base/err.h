/* Errors as values. A library function returns bool and fills `struct err` (last parameter) when it
 * returns false; each layer may put one piece of context in front. Nothing here prints or exits. */
#ifndef RADMILL_BASE_ERR_H
#define RADMILL_BASE_ERR_H

#include <stdbool.h>

/* Exit status of every tool, and the code of every error: one list, which README.md explains. */
enum err_code {
    ERR_NONE = 0,
    ERR_FAILED = 1,        /* I/O, memory, a library refused: the work could not be done */
    ERR_USAGE = 2,         /* the command line is wrong */
    ERR_REFUSED = 3,       /* the input is not acceptable: missing ROI, other grid, broken file */
    ERR_INTERRUPTED = 130, /* a signal asked us to stop */
};

struct err {
    enum err_code code;
    char text[1024]; /* one line, UTF-8, no trailing newline; empty when code is ERR_NONE */
};

/* Sets code and text; always returns false, so that `return err_set(...)` reads well. e may be
 * NULL. */
bool err_set(struct err *e, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Like err_set with ERR_FAILED, and ": <strerror(errno)>" behind the text. */
bool err_errno(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for an input that cannot be opened: ERR_REFUSED when it does not exist or is not a file;
 * ERR_FAILED for every other cause (permissions, memory, descriptors, the disk), which may be gone
 * the next time. */
bool err_input(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "<context>: " in front of the text that e already has; always returns false. */
bool err_wrap(struct err *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
