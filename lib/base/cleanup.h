/* Files to remove when a signal ends the process: temporary names of outputs that were not
 * finished. */
#ifndef RADMILL_BASE_CLEANUP_H
#define RADMILL_BASE_CLEANUP_H

void cleanup_add(const char *path); /* copied */
void cleanup_forget(const char *path);

/* In a forked child: the files of its parent are not its to remove. */
void cleanup_disown(void);

/* Makes SIGINT, SIGTERM and SIGHUP remove the files and end the process (status 130). */
void cleanup_on_signals(void);

#endif
