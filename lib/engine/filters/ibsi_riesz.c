#include "engine/filters/ibsi_riesz.h"

int ibsi_riesz_order(const struct ibsi_riesz *r)
{
    double sum = 0;
    for (int i = 0; i < r->order.n; i++)
        sum += r->order.item[i];
    return (int)sum;
}

bool ibsi_riesz_possible(const void *at, const struct settings *s, const struct demand *d)
{
    const struct real_list *order = at;
    double sum = 0;
    (void)s, (void)d;
    for (int i = 0; i < order->n; i++)
        sum += order->item[i];
    return order->n == 0 || ((order->n == 2 || order->n == 3) && sum <= 8);
}

void ibsi_riesz_name(struct str *name, const struct ibsi_riesz *r)
{
    if (ibsi_riesz_order(r) == 0)
        return;
    str_addf(name, "-riesz");
    for (int i = 0; i < r->order.n; i++)
        str_addf(name, "-%d", (int)r->order.item[i]);
    if (r->steered)
        str_addf(name, "-steered");
}

bool ibsi_riesz_response(const struct source *source, const struct spectral *band,
                         const struct ibsi_riesz *r, const struct box *wanted, struct patch *out,
                         struct err *e)
{
    struct spectral f = *band;
    for (int i = 0; i < 3; i++)
        f.riesz[i] = i < r->order.n ? (int)r->order.item[i] : 0;
    return r->steered ? steered_response(source, &f, r->tensor_sigma_mm, wanted, out, e)
                      : spectral_response(source, &f, wanted, out, e);
}
