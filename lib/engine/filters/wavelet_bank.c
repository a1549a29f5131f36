#include "engine/filters/wavelet_bank.h"

#include "base/str.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct row {
    const char *name;
    int length;
    const double *dec_lo;
    const double *rec_lo; /* NULL: dec_lo reversed (orthogonal) */
};

static const struct row table[] = {
#include "engine/filters/wavelet_table.inc"
};

static const char *const continuous[] = {
    "cgau1", "cgau2", "cgau3", "cgau4", "cgau5", "cgau6", "cgau7", "cgau8", "cmor", "fbsp", "gaus1",
    "gaus2", "gaus3", "gaus4", "gaus5", "gaus6", "gaus7", "gaus8", "mexh",  "morl", "shan",
};

static const struct row *find_row(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

static void reverse(const double *from, int n, double *out)
{
    for (int i = 0; i < n; i++)
        out[i] = from[n - 1 - i];
}

/* lo and the reconstruction low-pass of the named wavelet; rbioN is biorN with the roles of
 * decomposition and reconstruction exchanged. */
static bool low_pass(const char *name, struct wavelet *out, double *rec_lo)
{
    char dual[32];
    bool reversed = str_starts_with(name, "rbio");
    if (reversed)
        snprintf(dual, sizeof dual, "bior%s", name + 4);
    const struct row *r = find_row(reversed ? dual : strcmp(name, "haar") == 0 ? "db1" : name);
    if (!r)
        return false;
    int n = out->length = r->length;
    memcpy(out->lo, r->dec_lo, (size_t)n * sizeof *out->lo);
    if (r->rec_lo)
        memcpy(rec_lo, r->rec_lo, (size_t)n * sizeof *rec_lo);
    else
        reverse(r->dec_lo, n, rec_lo);
    if (reversed) {
        reverse(r->rec_lo, n, out->lo);
        reverse(r->dec_lo, n, rec_lo);
    }
    return true;
}

bool wavelet_find(const char *name, struct wavelet *out)
{
    double rec_lo[WAVELET_MAX_LENGTH];
    if (!low_pass(name, out, rec_lo))
        return false;
    bool coiflet = str_starts_with(name, "coif");
    for (int k = 0; k < out->length; k++) {
        out->hi[k] = k % 2 ? rec_lo[k] : -rec_lo[k];
        out->lo_f32[k] = (float)out->lo[k];
        out->hi_f32[k] = (float)out->hi[k];
        if (coiflet) {
            out->lo_f32[k] = (float)(out->lo[k] * M_SQRT2) * (float)M_SQRT1_2;
            out->hi_f32[k] = (float)(out->hi[k] * M_SQRT2) * (float)M_SQRT1_2;
        }
    }
    return true;
}

bool wavelet_is_listed(const char *name)
{
    struct wavelet unused;
    for (size_t i = 0; i < sizeof continuous / sizeof *continuous; i++)
        if (strcmp(continuous[i], name) == 0)
            return true;
    return wavelet_find(name, &unused);
}
