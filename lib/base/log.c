#include "base/log.h"

#include "base/uid.h"

#include <stdarg.h>
#include <stdio.h>

static const char *tool_name = "radmill";
static enum log_level threshold = LOG_WARNING;

void log_set_tool(const char *name)
{
    tool_name = name;
}

void log_set_level(enum log_level level)
{
    threshold = level;
}

enum log_level log_get_level(void)
{
    return threshold;
}

static _Thread_local struct log_sink redirected;

struct log_sink log_redirect(struct log_sink sink)
{
    struct log_sink before = redirected;
    redirected = sink;
    return before;
}

/* stdout first: a message about a row must not overtake the row. The line in one piece: tools that
 * run side by side write to one terminal. */
static void emit(enum log_level level, const char *format, va_list args)
{
    static const char *const word[] = {"error", "warning", "info", "debug"};
    if (level > threshold && !redirected.take)
        return;
    char text[2048];
    vsnprintf(text, sizeof text, format, args);
    if (redirected.take) {
        redirected.take(redirected.user, level, text);
        return;
    }
    fflush(stdout);
    struct str shown = {0}, line = {0};
    uid_hide(text, &shown);
    str_addf(&line, "%s: %s: ", tool_name, word[level]);
    for (const unsigned char *c = (const unsigned char *)str_text(&shown); *c; c++) {
        if (*c < 0x20 || *c == 0x7f)
            str_addf(&line, "\\x%02x", *c);
        else
            str_add_char(&line, (char)*c);
    }
    str_add_char(&line, '\n');
    fwrite(line.text, 1, line.len, stderr);
    str_free(&line);
    str_free(&shown);
}

#define LOG_FUNCTION(name, level)                                                                  \
    void name(const char *format, ...)                                                             \
    {                                                                                              \
        va_list args;                                                                              \
        va_start(args, format);                                                                    \
        emit(level, format, args);                                                                 \
        va_end(args);                                                                              \
    }

LOG_FUNCTION(log_error, LOG_ERROR)
LOG_FUNCTION(log_warning, LOG_WARNING)
LOG_FUNCTION(log_info, LOG_INFO)

void log_say(enum log_level level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    emit(level, format, args);
    va_end(args);
}
