/* What operating systems have under different names, for the engine: Linux with any C library,
 * macOS and Windows. Programs of the pipeline use POSIX and Linux directly. */
#ifndef RADMILL_BASE_HOST_H
#define RADMILL_BASE_HOST_H

#include <signal.h>
#include <stddef.h>

/* Zeroed memory straight from the system, on huge pages where there are such; NULL when there is
 * none. Free with host_pages_free and the same size. */
void *host_pages(size_t bytes);
void host_pages_free(void *p, size_t bytes);

/* Takes the file off the address space that lib/io has mapped there. */
void host_unmap(void *p, size_t bytes);

/* The pages of a mapped file from `from` to `end` will not be read soon: the process gives them
 * back. Returns the first byte that it keeps, at most `end`. */
const char *host_release(const char *from, const char *end);

/* strtod in the C locale: radmill never calls setlocale, but a program that embeds libradmill may.
 */
double host_strtod(const char *text, char **end);

/* The last byte of n that is `value`, or NULL. */
const void *host_last_byte(const void *bytes, int value, size_t n);

/* This thread, and threads that it creates from now on, take no signals; and as it was before. */
struct host_signals {
#if defined(_WIN32)
    char none;
#else
    sigset_t blocked;
#endif
};
void host_signals_off(struct host_signals *before);
void host_signals_back(const struct host_signals *before);

/* Processor time of this thread (where a system does not tell, that of the process). */
double host_thread_seconds(void);

#endif
