#include "engine/filters/ibsi.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const ibsi_boundaries[] = {"zero", "nearest", "periodic", "mirror", NULL};
const char *const ibsi_dimension_names[] = {"2D", "3D", NULL};
const char *const ibsi_poolings[] = {"sum", "mean", "max", "min", NULL};

struct source ibsi_source(const struct filter_input *in, const struct ibsi_common *common)
{
    bool flat = common->dimensions == IBSI_2D || in->view->image.grid.dims == 2;
    return (struct source){&in->view->image, common->boundary, flat ? 2 : 3};
}

void ibsi_deliver(struct patch *p, struct response *out)
{
    out->type = PIXEL_F64;
    out->value = p->value;
    p->value = NULL;
}

void ibsi_name_number(struct str *name, double number)
{
    char text[NUM_TEXT];
    if (number == floor(number) && fabs(number) < 1e15)
        snprintf(text, sizeof text, "%.0f", number);
    else
        num_format(number, text);
    for (char *dot = strchr(text, '.'); dot; dot = strchr(dot, '.'))
        *dot = '-';
    str_addf(name, "%s", text);
}

void ibsi_name_done(struct str *name, const struct ibsi_common *common, struct str_list *out)
{
    if (common->dimensions == IBSI_2D)
        str_addf(name, "-2D");
    str_list_take(out, name);
}

void ibsi_halo(const struct grid *g, const struct ibsi_common *common, const double reach[3],
               int64_t voxels[3])
{
    int axes = common->dimensions == IBSI_2D ? 2 : 3;
    for (int a = 0; a < 3; a++) {
        bool filtered = a < axes && a < g->dims;
        double most = common->boundary == BORDER_PERIODIC ? INFINITY : reach[a];
        voxels[a] = !filtered ? 0 : most < (double)g->size[a] ? (int64_t)most : INT64_MAX;
    }
}
