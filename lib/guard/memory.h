/* Memory of a running command; memory and processors that this process may use. */
#ifndef RADMILL_GUARD_MEMORY_H
#define RADMILL_GUARD_MEMORY_H

#include <sys/types.h>

/* Resident memory of a process and its descendants without mapped files, MiB; 0 when it is gone. */
double memory_of_tree_mb(pid_t pid);

/* Available memory, MiB: what the kernel calls available, or what is left of the tightest limit of
 * our control groups (v2 and v1). A group's cache of files counts as available, since the kernel
 * drops it when memory is needed. A group is taken to have at least 256 left, or its limit. An
 * allocation of Slurm has what Slurm says. */
double memory_available_mb(void);

/* For tests: a folder that is put in front of /proc and /sys (borrowed; "": none).
 */
void memory_look_below(const char *folder);

/* Processors that the allocation of Slurm has that we run in; 0: none. */
int cores_allocated(void);

/* Processors that we may use: affinity, the control groups' quota, an allocation; at least 1. */
int cores_available(void);

#endif
