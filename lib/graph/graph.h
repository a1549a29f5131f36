/* The task graph: edges from the generator, rules from rules/pipeline.ninja, two forms on disk.
 *
 *     manifest, settings -> plan (graph/plan.h) -> struct graph -> graph_write
 *
 * The graph is static and a pure function of its inputs: equal inputs give an equal file, which
 * then stays untouched. Every path in it is of radmill's own making (letters, digits, '.', '_', '-'
 * between slashes, relative to OUTDIR): names of patients, regions and files of users travel in the
 * JSON files that the edges list as inputs. */
#ifndef RADMILL_GRAPH_GRAPH_H
#define RADMILL_GRAPH_GRAPH_H

#include "base/err.h"
#include "base/str.h"

struct binding {
    char *name, *value;
};

struct bindings {
    struct binding *item;
    size_t n;
};

struct edge {
    const char *rule; /* its name; static */
    struct str_list out, in, order;
    struct bindings vars; /* what the rule's text refers to as $name */
    double predicted_mb;  /* 0: negligible */
    size_t course;        /* from 1 on, whose edge it is; 0: of the cohort */
};

struct graph {
    struct edge **edge;
    size_t n, room;
    int heavy_depth;         /* how many heavy edges may run at once */
    double heavy_over_mb;    /* an edge that is predicted to need more is heavy */
    struct str_list courses; /* their folders; edges count from 1 on */
    const char *builddir;    /* of a shard: where Ninja keeps its log, and make the locks of heavy
                                edges; NULL: STATE_DIR; borrowed */
};

/* A new edge at the end of the graph, owned by it; the pointer stays valid. */
struct edge *graph_add(struct graph *g, const char *rule);
void edge_out(struct edge *e, const char *path);
void edge_in(struct edge *e, const char *path);
void edge_order(struct edge *e, const char *path); /* before this edge, but not a cause to run it */
void edge_var(struct edge *e, const char *name, const char *value);
void graph_free(struct graph *g);

bool edge_is_heavy(const struct graph *g, const struct edge *e);

/* In the form of Ninja or of make. rules_text: the contents of rules/pipeline.ninja, which Ninja's
 * form begins with, and whose commands make's spells out. ERR_FAILED: a path with other characters,
 * or a rule that is not in the text. */
bool graph_write(const struct graph *g, const char *rules_text, bool ninja, const char *path,
                 struct err *e);

/* New string: the file that says, in the make form, that the edge has run (free()). */
char *graph_stamp(const struct edge *e);

/* Whether the make form would run each edge (stale[g->n]), as far as times tell; edges stand behind
 * those that make their inputs. An upper bound of what will run, since a product may turn out
 * unchanged. */
void graph_stale(const struct graph *g, bool *stale);

/* Prefix of the lines by which a generated makefile reports that an edge has ended; Ninja gets it
 * by NINJA_STATUS. Lines of a shard, which only people read, have none. */
#define EDGE_MARK "@radmill "

/* Where the state of a run lies, relative to OUTDIR. */
#define STATE_DIR ".radmill"

#endif
