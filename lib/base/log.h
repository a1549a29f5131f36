/* Messages for people, on stderr: "<tool>: <level>: <text>". Text may hold hostile bytes (DICOM
 * strings, ROI names): control characters are printed as \xHH, so no message can drive a terminal.
 * A UID is printed in its short form (base/uid.h). */
#ifndef RADMILL_BASE_LOG_H
#define RADMILL_BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

void log_set_tool(const char *name);      /* borrowed; shown in front of each message */
void log_set_level(enum log_level level); /* default LOG_WARNING */
enum log_level log_get_level(void);

/* Messages of this thread go to a function in place of stderr, whatever the level: for a library,
 * which prints nothing. Both NULL: to stderr again. Returns the previous setting. */
struct log_sink {
    void (*take)(void *user, enum log_level level, const char *text); /* NULL: to stderr */
    void *user;
};
struct log_sink log_redirect(struct log_sink sink);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_say(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
