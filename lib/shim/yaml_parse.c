#include "shim/yaml_build.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct anchor {
    char *name;
    struct build *target;
};

struct reader {
    yaml_parser_t parser;
    struct yaml_doc *doc;
    enum yaml_flavour flavour;
    struct anchor *anchor;
    size_t n_anchors;
    struct err *e;
};

static struct build *no_node(struct reader *r, int line, const char *cause)
{
    yaml_error(r->e, r->doc, line, "%s", cause);
    return NULL;
}

static bool next_event(struct reader *r, yaml_event_t *event)
{
    if (yaml_parser_parse(&r->parser, event))
        return true;
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return err_set(r->e, ERR_FAILED, "out of memory: reading %s", r->doc->name);
    return yaml_error(r->e, r->doc, (int)p->problem_mark.line + 1, "%s%s%s",
                      p->context ? p->context : "", p->context ? ": " : "",
                      p->problem ? p->problem : "out of memory");
}

static struct build *add_node(struct reader *r, enum yaml_kind kind, int line, const char *text,
                              size_t n)
{
    struct build *b = mem_array(1, sizeof *b, r->e);
    if (!b)
        return NULL;
    b->text = mem_array(n + 1, 1, r->e);
    if (!b->text) {
        free(b);
        return NULL;
    }
    memcpy(b->text, text, n);
    b->text[n] = '\0';
    b->node = (struct yaml_node){.kind = kind, .line = line, .text = b->text};
    b->weight = 1;
    b->next = r->doc->all;
    r->doc->all = b;
    return b;
}

static bool add_child(struct reader *r, struct build *parent, const struct yaml_node *child)
{
    if (parent->node.n == parent->room) {
        size_t room = parent->room ? 2 * parent->room : 4;
        void *more = mem_resize(parent->child, room, sizeof *parent->child, r->e);
        if (!more)
            return false;
        parent->child = more;
        parent->room = room;
        parent->node.child = parent->child;
    }
    parent->child[parent->node.n++] = child;
    return true;
}

static struct build *read_scalar(struct reader *r, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t n = event->data.scalar.length;
    int line = (int)event->start_mark.line + 1;
    if (memchr(text, '\0', n))
        return no_node(r, line, "a NUL character in a text");
    struct build *b = add_node(r, YAML_TEXT, line, text, n);
    if (!b)
        return NULL;
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (event->data.scalar.tag) {
        if (!yaml_resolve_tag(&b->node, (const char *)event->data.scalar.tag, r->flavour, r->doc,
                              r->e))
            return NULL;
    } else if (r->flavour == YAML_JSON) {
        if (!plain && event->data.scalar.style != YAML_DOUBLE_QUOTED_SCALAR_STYLE)
            return no_node(r, line, "not JSON: texts stand in double quotes");
        if (plain && !yaml_resolve_json(&b->node))
            return no_node(r, line, "not JSON: a text without quotes");
    } else if (plain) {
        yaml_resolve_as(&b->node, r->flavour);
    }
    return b;
}

/* --- anchors --- */

static bool set_anchor(struct reader *r, const yaml_char_t *name, struct build *target)
{
    if (!name)
        return true;
    for (size_t i = 0; i < r->n_anchors; i++)
        if (strcmp(r->anchor[i].name, (const char *)name) == 0) {
            r->anchor[i].target = target;
            return true;
        }
    if (r->n_anchors == YAML_MAX_ANCHORS)
        return yaml_error(r->e, r->doc, target->node.line, "more than %d anchors",
                          YAML_MAX_ANCHORS);
    struct anchor *more = mem_resize(r->anchor, r->n_anchors + 1, sizeof *more, r->e);
    r->anchor = more ? more : r->anchor;
    char *copy = more ? mem_copy((const char *)name, r->e) : NULL;
    if (copy)
        r->anchor[r->n_anchors++] = (struct anchor){copy, target};
    return copy != NULL;
}

static struct build *follow_alias(struct reader *r, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    int line = (int)event->start_mark.line + 1;
    for (size_t i = 0; i < r->n_anchors; i++) {
        if (strcmp(r->anchor[i].name, name) != 0)
            continue;
        if (r->anchor[i].target->open)
            return no_node(r, line, "an alias inside its own anchor");
        return r->anchor[i].target;
    }
    return no_node(r, line, "an alias without an anchor");
}

/* --- lists and maps --- */

static struct build *read_node(struct reader *r, const yaml_event_t *event, int depth);

static bool count_weight(struct reader *r, struct build *parent, const struct build *child)
{
    parent->weight += child->weight;
    return parent->weight <= YAML_MAX_NODES ||
           yaml_error(r->e, r->doc, child->node.line, "more than %d nodes", YAML_MAX_NODES);
}

/* The same value under a key: a shallow copy, since an aliased value may stand under several. */
static const struct yaml_node *keyed(struct reader *r, const struct yaml_node *value,
                                     const char *key, int line)
{
    struct build *b = add_node(r, value->kind, value->line, "", 0);
    if (!b)
        return NULL;
    b->node = *value;
    b->key = mem_copy(key, r->e);
    if (!b->key)
        return NULL;
    b->node.key = b->key;
    b->node.key_line = line;
    return &b->node;
}

static bool room_for_key(struct reader *r, const struct build *map, int line)
{
    return map->node.n < YAML_MAX_KEYS ||
           yaml_error(r->e, r->doc, line, "more than %d keys in one mapping", YAML_MAX_KEYS);
}

static bool put_pair(struct reader *r, struct build *map, const struct yaml_node *pair)
{
    for (size_t i = 0; i < map->node.n; i++) {
        if (strcmp(map->node.child[i]->key, pair->key) != 0)
            continue;
        if (r->flavour == YAML_JSON) {
            map->child[i] = pair;
            return true;
        }
        return yaml_error(r->e, r->doc, pair->key_line, "key \"%s\" stands twice, first in line %d",
                          pair->key, map->node.child[i]->key_line);
    }
    if (!room_for_key(r, map, pair->key_line))
        return false;
    return add_child(r, map, pair);
}

/* Replaces the pair that has the same key, else appends the pair. */
static bool overlay(struct reader *r, struct build *map, const struct yaml_node *pair, int line)
{
    for (size_t i = 0; i < map->node.n; i++) {
        if (strcmp(map->node.child[i]->key, pair->key) != 0)
            continue;
        map->child[i] = pair;
        return true;
    }
    if (!room_for_key(r, map, line))
        return false;
    return add_child(r, map, pair);
}

static bool overlay_all(struct reader *r, struct build *map, const struct yaml_node *from,
                        int depth)
{
    if (from->kind == YAML_LIST && depth == 0) {
        for (size_t i = from->n; i-- > 0;)
            if (!overlay_all(r, map, from->child[i], 1))
                return false;
        return true;
    }
    if (from->kind != YAML_MAP)
        return yaml_error(r->e, r->doc, from->line, "only a mapping can be merged by <<");
    for (size_t i = 0; i < from->n; i++)
        if (!overlay(r, map, from->child[i], from->line))
            return false;
    return true;
}

/* YAML's merge key: the pairs of other maps come first, where an earlier map's value beats a later
 * one's, and the map's own are laid over them. Order matters to feature classes, image types and
 * diagnostics: it is the one of Python's ruamel.yaml (the last map of a list stands first). */
static bool merge_map(struct reader *r, struct build *map, const struct yaml_node *from)
{
    const struct yaml_node **own = map->child;
    size_t n = map->node.n;
    map->child = NULL;
    map->node.child = NULL;
    map->node.n = map->room = 0;
    bool good = overlay_all(r, map, from, 0);
    for (size_t i = 0; good && i < n; i++)
        good = overlay(r, map, own[i], own[i]->key_line);
    free(own);
    return good;
}

static bool read_pair(struct reader *r, const yaml_event_t *event, struct build *map, int depth,
                      const struct yaml_node **merged)
{
    struct build *key = read_node(r, event, depth);
    if (!key)
        return false;
    if (key->node.kind == YAML_LIST || key->node.kind == YAML_MAP)
        return yaml_error(r->e, r->doc, key->node.line, "a key must be a text or a number");
    if (r->flavour == YAML_JSON && key->node.kind != YAML_TEXT)
        return yaml_error(r->e, r->doc, key->node.line, "not JSON: a key without quotes");
    yaml_event_t next;
    if (!next_event(r, &next))
        return false;
    struct build *value = read_node(r, &next, depth);
    yaml_event_delete(&next);
    if (!value || !count_weight(r, map, value))
        return false;
    if (strcmp(key->node.text, "<<") == 0 && r->flavour != YAML_JSON) {
        if (*merged)
            return yaml_error(r->e, r->doc, key->node.line, "key \"<<\" stands twice");
        *merged = &value->node;
        return true;
    }
    const struct yaml_node *pair = keyed(r, &value->node, key->node.text, key->node.line);
    return pair && put_pair(r, map, pair);
}

static bool read_children(struct reader *r, struct build *b, yaml_event_type_t end, int depth)
{
    const struct yaml_node *merged = NULL;
    for (;;) {
        yaml_event_t event;
        if (!next_event(r, &event))
            return false;
        bool done = event.type == end, good = true;
        if (!done && b->node.kind == YAML_MAP) {
            good = read_pair(r, &event, b, depth, &merged);
        } else if (!done) {
            struct build *child = read_node(r, &event, depth);
            good = child && count_weight(r, b, child) && add_child(r, b, &child->node);
        }
        yaml_event_delete(&event);
        if (!good)
            return false;
        if (done)
            return !merged || merge_map(r, b, merged);
    }
}

static struct build *read_collection(struct reader *r, const yaml_event_t *event, int depth)
{
    bool map = event->type == YAML_MAPPING_START_EVENT;
    int line = (int)event->start_mark.line + 1;
    const yaml_char_t *anchor =
        map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    bool block = map ? event->data.mapping_start.style == YAML_BLOCK_MAPPING_STYLE
                     : event->data.sequence_start.style == YAML_BLOCK_SEQUENCE_STYLE;
    if (depth >= YAML_MAX_DEPTH)
        return no_node(r, line, "nested too deeply");
    if (block && r->flavour == YAML_JSON)
        return no_node(r, line, "not JSON");
    struct build *b = add_node(r, map ? YAML_MAP : YAML_LIST, line, "", 0);
    if (!b)
        return NULL;
    b->open = true;
    yaml_event_type_t end = map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    bool good = set_anchor(r, anchor, b) && read_children(r, b, end, depth + 1);
    b->open = false;
    return good ? b : NULL;
}

static struct build *read_node(struct reader *r, const yaml_event_t *event, int depth)
{
    if (event->type == YAML_ALIAS_EVENT)
        return follow_alias(r, event);
    if (event->type == YAML_SCALAR_EVENT) {
        struct build *b = read_scalar(r, event);
        return b && set_anchor(r, event->data.scalar.anchor, b) ? b : NULL;
    }
    return read_collection(r, event, depth);
}

/* --- documents --- */

static void obey_directive(struct reader *r, const yaml_version_directive_t *version)
{
    if (version && version->major == 1 && version->minor == 1)
        r->flavour = YAML_1_1;
}

/* Passes stream and document starts; *content is false when the stream ends instead. On success
 * the event of the root node is in *event. */
static bool find_root(struct reader *r, yaml_event_t *event, bool *content)
{
    for (;;) {
        if (!next_event(r, event))
            return false;
        yaml_event_type_t type = event->type;
        *content = type != YAML_STREAM_END_EVENT;
        if (type == YAML_DOCUMENT_START_EVENT && r->flavour == YAML_1_2)
            obey_directive(r, event->data.document_start.version_directive);
        if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
            type != YAML_DOCUMENT_END_EVENT)
            return true;
        yaml_event_delete(event);
    }
}

static bool read_document(struct reader *r)
{
    yaml_event_t event;
    bool content;
    if (!find_root(r, &event, &content))
        return false;
    if (content)
        r->doc->root = read_node(r, &event, 0);
    yaml_event_delete(&event);
    if (!content)
        return yaml_error(r->e, r->doc, 1, "the file is empty");
    if (!r->doc->root || !find_root(r, &event, &content))
        return false;
    int line = (int)event.start_mark.line + 1;
    yaml_event_delete(&event);
    return !content || yaml_error(r->e, r->doc, line, "a second document");
}

struct yaml_doc *yaml_parse(const char *bytes, size_t n, const char *name,
                            enum yaml_flavour flavour, struct err *e)
{
    struct yaml_doc *doc = mem_array(1, sizeof *doc, e);
    if (!doc)
        return NULL;
    doc->name = mem_copy(name, e);
    if (!doc->name) {
        free(doc);
        return NULL;
    }
    struct reader r = {.doc = doc, .flavour = flavour, .e = e};
    bool good = false;
    if (n > YAML_MAX_BYTES) {
        yaml_error(e, doc, 1, "longer than %d bytes", YAML_MAX_BYTES);
    } else if (!yaml_parser_initialize(&r.parser)) {
        err_set(e, ERR_FAILED, "%s: out of memory", name);
    } else {
        yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes, n);
        good = read_document(&r);
        yaml_parser_delete(&r.parser);
    }
    for (size_t i = 0; i < r.n_anchors; i++)
        free(r.anchor[i].name);
    free(r.anchor);
    if (good)
        return doc;
    yaml_destroy(doc);
    return NULL;
}
