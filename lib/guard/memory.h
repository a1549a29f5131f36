/* Memory and cores: of a running command, and of the machine as far as we may use it. */
#ifndef RADMILL_GUARD_MEMORY_H
#define RADMILL_GUARD_MEMORY_H

#include <sys/types.h>

/* Resident memory of a process and its descendants without mapped files, MiB; 0 when it is gone. */
double memory_of_tree_mb(pid_t pid);

/* Memory that can still be had, MiB: what the kernel calls available, or what is left of the
 * tightest limit of the control groups (v2 and v1) that we are in. */
double memory_available_mb(void);

/* Processors that we may use: affinity and the control groups' quota, at least 1. */
int cores_available(void);

#endif
