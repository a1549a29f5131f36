#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *e, enum err_code code, const char *format, ...)
{
    if (!e)
        return false;
    va_list args;
    va_start(args, format);
    e->code = code;
    vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
    return false;
}

static void say_errno(struct err *e, int code, const char *format, va_list args)
{
    int n = vsnprintf(e->text, sizeof e->text, format, args);
    if (n >= 0 && (size_t)n < sizeof e->text)
        snprintf(e->text + n, sizeof e->text - (size_t)n, ": %s", strerror(code));
}

bool err_errno(struct err *e, const char *format, ...)
{
    int saved = errno;
    if (!e)
        return false;
    va_list args;
    va_start(args, format);
    e->code = ERR_FAILED;
    say_errno(e, saved, format, args);
    va_end(args);
    return false;
}

bool err_input(struct err *e, const char *format, ...)
{
    static const int refused[] = {ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG};
    int saved = errno;
    if (!e)
        return false;
    e->code = ERR_FAILED;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (saved == refused[i])
            e->code = ERR_REFUSED;
    va_list args;
    va_start(args, format);
    say_errno(e, saved, format, args);
    va_end(args);
    return false;
}

bool err_wrap(struct err *e, const char *format, ...)
{
    if (!e)
        return false;
    char cause[sizeof e->text];
    memcpy(cause, e->text, sizeof cause);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
    if (n >= 0 && (size_t)n < sizeof e->text)
        snprintf(e->text + n, sizeof e->text - (size_t)n, ": %.*s",
                 (int)(sizeof e->text - (size_t)n) - 3, cause);
    return false;
}
