/* A run over a cohort, from what was asked to the exit status:
 *
 *     settings (remembered) -> scan -> manifest -> graph -> one scheduler with N workers -> tables
 *
 * OUTDIR/.radmill holds its state:
 *     settings.json manifest.json limits.json build.ninja build.mk .ninja_log lock
 *     bin/      links to the tools      tools/    version and digest of each: inputs of the edges
 *     inputs/   what edges depend on    records/  how commands ended (those of regions: features/)
 *     tickets/  one per product         failed/   marks of what the next run tries again
 *     tickets.txt  list of those in the graph
 *     stamps/   of the make form        logs      link to LOGS, or to OUTDIR/_LOGS
 *     last-run.json  outcome of the last run      table-settings.json  the settings of the tables
 *     running   while a run is at work   pseudonyms  which key, if any
 *     unflushed  while a run writes products that are not flushed yet (graph/flush.h) */
#ifndef RADMILL_GRAPH_RUN_H
#define RADMILL_GRAPH_RUN_H

#include "graph/graph.h"
#include "graph/request.h"
#include "graph/schedule.h"
#include "graph/settings.h"
#include "names/pseudonym.h"

#include <jansson.h>

/* ERR_USAGE: no DICOM_ROOT, now or before; ERR_FAILED: a region failed, or the run did;
 * ERR_INTERRUPTED. Changes the current folder to OUTDIR. */
bool run_cohort(struct run_request *request, struct err *e);

/* Has the table as many rows as regions are ok? ERR_FAILED: no. */
bool run_check_rows(const char *radiomics, size_t ok, struct err *e);

/* Reads every product of the last run and compares it with its ticket; names those that differ on
 * standard output, and makes the next run make them again. ERR_FAILED: some differ, or are still to
 * be made; ERR_REFUSED: there was no run. Changes the current folder to OUTDIR. */
bool run_verify(const char *outdir, struct err *e);

/* --- the steps, in this order, in OUTDIR --- */

/* Says that a run is at work, until run_left; one that was killed or failed never says so. */
bool run_entered(struct err *e);
void run_left(void);

/* Removes the temporary files of writers that were killed, when the last run or one of its regions
 * ended so; DICOM_ROOT, AUTOSEG and symbolic links are not entered. To be called before
 * run_entered. */
void run_sweep(const struct run_settings *s);

/* The key of PSEUDONYMIZE, zeroed without one (pseudonym_key_free). ERR_USAGE: OUTDIR was begun
 * with another key, or without one. */
bool run_pseudonyms(struct run_settings *s, struct pseudonym_key *key, struct err *e);

/* Folders, links and stamps of the tools, copies of parameter files, limits. */
bool run_state(const struct run_request *request, const struct run_settings *s, struct err *e);

/* DICOM_ROOT to manifest.json; OUTDIR, AUTOSEG and LOGS inside it are passed over. */
bool run_scan(const struct run_settings *s, struct err *e);

/* Removes the records that marks in failed/ name. */
bool run_retry(struct err *e);

/* Headers of all tables, from the parameters only, never from existing rows. */
bool run_columns(const struct run_request *request, const struct run_settings *s, struct err *e);

/* The structures of the recipe as `boolstruct --list` prints them; *out stays NULL without one. */
bool run_recipe(const struct run_request *request, const struct run_settings *s, json_t **out,
                struct err *e);

/* Removes the tickets of products that are not as they were made, so that they are made again, and
 * lists all tickets for run_verify. */
bool run_forget_damaged(const struct graph *g, struct err *e);

/* ERR_REFUSED: the manifest has no course at all. Then nothing runs: an unmounted file system must
 * not empty the tables of the last run. */
bool run_check_courses(const struct run_settings *s, const json_t *manifest, struct err *e);

/* ERR_FAILED: some of DICOM_ROOT or AUTOSEG could not be read, though all else went well. */
bool run_check_readable(struct err *e);

/* Handles a clock that was set back: state of files whose time lies in the future is removed, so
 * that they are made again. run_clock_end notices when the clock was set back during the run
 * (ERR_FAILED). */
bool run_clock_begin(const struct graph *g, bool ninja, struct run_clock *c, struct err *e);
bool run_clock_end(const struct run_clock *c, struct err *e);

/* Manifest to build.ninja or build.mk, and how it is to be run. Release the graph with graph_free,
 * whatever is returned. */
bool run_graph(const struct run_request *request, const struct run_settings *s,
               const struct pseudonym_key *key, struct graph *graph, struct run_engine *engine,
               struct edge_costs *costs, struct err *e);

/* Which edges are heavy, and how many of these run at once, with so many workers in so much memory.
 */
void run_divide_memory(struct graph *g, int workers, double memory_mb);

/* The limits of a region's process, where memory_mb can be had. */
bool run_limits(const struct run_settings *s, double memory_mb, struct err *e);

#endif
