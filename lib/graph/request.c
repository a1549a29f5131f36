#include "graph/request.h"

const struct run_task_info run_tasks[RUN_TASKS] = {
    [RUN_ALL] = {"run", "run what is stale or failed"},
    [RUN_SCAN] = {"scan", "run nothing; list patients, courses, regions by name, and what would be "
                          "left out"},
    [RUN_RETRY] = {"retry", "run what failed again; ROI_MEM_MB and ROI_TIMEOUT count for this time "
                            "only"},
    [RUN_STATUS] = {"status", "run nothing; tell how the last run ended"},
    [RUN_VERIFY] = {"verify",
                    "run nothing; read every product and compare it with what was written "
                    "down of it"},
    [RUN_SLURM] = {"slurm",
                   "run what is stale or failed as jobs of Slurm: shards of whole courses, "
                   "and a merge behind them"},
    [RUN_SLURM_FILES] = {"slurm-files", "write shards and scripts of these jobs, submit nothing"},
    [RUN_SLURM_MERGE] = {"slurm-merge", "make the tables from the courses that are done, and tell "
                                        "what is missing: what the last of these jobs does"},
};
