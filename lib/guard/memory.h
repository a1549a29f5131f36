/* Memory and cores: of a running command, and of the machine as far as we may use it. */
#ifndef RADMILL_GUARD_MEMORY_H
#define RADMILL_GUARD_MEMORY_H

#include <sys/types.h>

/* Resident memory of a process and its descendants without mapped files, MiB; 0 when it is gone. */
double memory_of_tree_mb(pid_t pid);

/* Memory that can still be had, MiB: what the kernel calls available, or what is left of the
 * tightest limit of the control groups (v2 and v1) that we are in. The cache of files that a group
 * has read is not in use: it goes when memory is wanted. A group has 256 left at least, or its
 * limit. An allocation of Slurm has what Slurm says. */
double memory_available_mb(void);

/* Where /proc and /sys are looked for: a folder in front of both (borrowed; "": none). For tests.
 */
void memory_look_below(const char *folder);

/* Processors that the allocation of Slurm has that we run in; 0: none. */
int cores_allocated(void);

/* Processors that we may use: affinity, the control groups' quota, an allocation; at least 1. */
int cores_available(void);

#endif
