/* One flush for a run in place of one for each file.
 *
 * A file that was written and renamed, but not flushed, may be empty or absent after the machine
 * has lost its power. A run need not prevent this file by file: no product is believed because it
 * is there, only because it is as its ticket says (guard/witness.h). What must be true is:
 *
 *   - when a run has said that its tables are complete, they are on the disk, and so is all that
 *     they were made from: flush_end comes before that, and fails the run when the disk does;
 *   - when the machine stops before, the next run believes nothing that it has not read. Tickets
 *     hold size, times and digest, and size and times alone usually tell; but a file system may
 *     keep them and lose the content. So a run leaves a note while it is at work, with the id that
 *     the kernel gives each start of the machine. A note of another start: nobody knows what
 *     reached the disk, and every product is compared with its ticket by content. A note of this
 *     start (the run was killed, the machine was not): what was written is still there.
 *
 * What no ticket speaks of is flushed as it is written: settings, the key of pseudonyms, the scan,
 * marks of failures, the outcome. Shards of a cluster have no such note; their tools flush each
 * file, as tools do that a person calls. */
#ifndef RADMILL_GRAPH_FLUSH_H
#define RADMILL_GRAPH_FLUSH_H

#include "base/err.h"

#define FLUSH_NOTE STATE_DIR "/unflushed"

/* Did the machine stop while a run was at work? Then products must be read to be believed. */
bool flush_was_cut(void);

/* Is there something to flush, since an earlier run did not come to its end? */
bool flush_is_due(void);

/* Places the note, and lets this process and its children write without flushing, until flush_end.
 * In OUTDIR. error ERR_FAILED: the note cannot be written. */
struct flush {
    int folder[2]; /* open from before the first write, so that no error of the disk is missed */
};
bool flush_begin(struct flush *f, struct err *e);

/* Brings to the disk what was written, and removes the note; with `now` false (somebody waits for
 * an interrupted run) it stays for the next run. error ERR_FAILED: the disk reports that something
 * was lost; the next run reads everything. */
bool flush_end(struct flush *f, bool now, struct err *e);

#endif
