#include "engine/matrices/glszm.h"

#include "base/mem.h"

enum { KEY_SHIFT = 40 };

struct forest {
    uint32_t *label;  /* per voxel of the padded volume; 0: none */
    uint32_t *parent; /* per label; a root is its own parent */
    uint32_t *size;   /* per root */
    uint32_t n;       /* labels 1..n */
};

static uint32_t root_of(uint32_t *parent, uint32_t a)
{
    while (parent[a] != a) {
        parent[a] = parent[parent[a]];
        a = parent[a];
    }
    return a;
}

/* The smaller label stays root. */
static uint32_t join(struct forest *f, uint32_t a, uint32_t b)
{
    a = root_of(f->parent, a);
    b = root_of(f->parent, b);
    if (a == b)
        return a;
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    f->parent[high] = low;
    f->size[low] += f->size[high];
    return low;
}

static void grow(const struct codes *c, const int64_t *back, int n_back, struct forest *f)
{
    for (int64_t r = 0; r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].length; i++) {
            int32_t code = codes_at(c, i);
            uint32_t mine = 0;
            for (int k = 0; k < n_back; k++)
                if (codes_at(c, i + back[k]) == code) {
                    uint32_t other = f->label[i + back[k]];
                    mine = mine ? join(f, mine, other) : root_of(f->parent, other);
                }
            if (!mine) {
                mine = ++f->n;
                f->parent[mine] = mine;
            }
            f->size[mine]++;
            f->label[i] = mine;
        }
}

static bool collect(const struct codes *c, struct forest *f, struct cells *out, struct err *e)
{
    uint64_t *key = mem_big(f->n, sizeof *key, e), *spare = mem_big(f->n, sizeof *spare, e);
    int32_t *code = mem_big((size_t)f->n + 1, sizeof *code, e);
    bool ok = key && spare && code;
    int64_t n = 0;
    for (int64_t r = 0; ok && r < c->n_runs; r++)
        for (int64_t i = c->run[r].start; i < c->run[r].start + c->run[r].length; i++)
            code[f->label[i]] = codes_at(c, i);
    for (uint32_t l = 1; ok && l <= f->n; l++)
        if (f->parent[l] == l)
            key[n++] = (uint64_t)code[l] << KEY_SHIFT | f->size[l];
    ok = ok && cells_from_keys(key, spare, n, KEY_SHIFT, out, e);
    mem_big_free(key);
    mem_big_free(spare);
    mem_big_free(code);
    return ok;
}

bool glszm_count(const struct codes *c, const struct directions *half, struct cells *out,
                 struct err *e)
{
    if (c->n_voxels >= INT32_MAX)
        return err_set(e, ERR_REFUSED, "size zones: more than 2^31 voxels");
    int64_t back[13];
    for (int k = 0; k < half->n; k++)
        back[k] = -codes_step(c, half->offset[k].d);
    struct forest f = {0};
    f.label = mem_big((size_t)c->n_cells, sizeof *f.label, e);
    f.parent = mem_big((size_t)c->n_voxels + 1, sizeof *f.parent, e);
    f.size = mem_big((size_t)c->n_voxels + 1, sizeof *f.size, e);
    bool ok = f.label && f.parent && f.size;
    if (ok) {
        grow(c, back, half->n, &f);
        ok = collect(c, &f, out, e);
    }
    mem_big_free(f.label);
    mem_big_free(f.parent);
    mem_big_free(f.size);
    return ok;
}
