/* Many cases, each in a guarded process of its own: a case that crashes takes nothing with it.
 *
 *   batch CSV -> cases -> one `radfeat IMAGE MASK ...` each -> united table, in input order */
#ifndef RADMILL_BATCH_BATCH_H
#define RADMILL_BATCH_BATCH_H

#include "base/str.h"
#include "cli/opt.h"
#include "engine/rows/writer.h"

struct batch_request {
    const char *csv;
    int64_t jobs; /* cases at a time, >= 1 */
    const struct row_writer *writer;
    const struct params *params; /* what `argument` asks for; borrowed */
    bool maps;                   /* voxel mode: every case gets its number, from 1 */
    const char *const *argument; /* for every case: --params, --setting, ... */
    size_t n_arguments;
};

/* Appends the table to out. A case that is refused or fails has its own columns only, and one line
 * on stderr. false with ERR_FAILED, after the table is complete, when a case failed for another
 * reason than the rules (crash, I/O), or when no case has values: the table then has the columns of
 * the parameters (for images of three axes). ERR_REFUSED: the batch file is unusable. */
bool batch_run(const struct batch_request *request, struct str *out, struct err *e);

#endif
