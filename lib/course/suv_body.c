#include "course/suv_body.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum sex { MALE, FEMALE };

static double square(double x)
{
    return x * x;
}

static double lean_james(enum sex sex, double kg, double cm)
{
    return sex == MALE ? 1.10 * kg - 128 * square(kg / cm) : 1.07 * kg - 148 * square(kg / cm);
}

static double lean_janmahasatian(enum sex sex, double kg, double cm)
{
    const double bmi = kg / square(cm / 100);
    return 9270 * kg / (sex == MALE ? 6680 + 216 * bmi : 8780 + 244 * bmi);
}

static double ideal_weight(enum sex sex, double kg, double cm)
{
    (void)kg;
    return sex == MALE ? 48.0 + 1.06 * (cm - 152) : 45.5 + 0.91 * (cm - 152);
}

static double surface_du_bois(enum sex sex, double kg, double cm)
{
    (void)sex;
    return 0.007184 * pow(cm, 0.725) * pow(kg, 0.425);
}

struct suv_body {
    const char *units, *type;
    double (*measure)(enum sex sex, double kg, double cm); /* kg, or m2 */
    double per;                                            /* g in a kg, or cm2 in a m2 */
    bool by_sex;
};

static const struct suv_body table[] = {
    {"GML", "LBMJAMES128", lean_james, 1e3, true},
    {"GML", "LBMJANMA", lean_janmahasatian, 1e3, true},
    {"GML", "IBW", ideal_weight, 1e3, true},
    {"CM2ML", "BSA", surface_du_bois, 1e4, false},
};

const struct suv_body *suv_body_find(const char *units, const char *type)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].units, units) == 0 && strcmp(table[i].type, type) == 0)
            return &table[i];
    return NULL;
}

bool suv_body_needs_sex(const struct suv_body *b)
{
    return b->by_sex;
}

bool suv_body_factor(const struct suv_body *b, const char *sex, double weight_kg, double size_m,
                     double *factor, struct err *e)
{
    const double least_m = 0.2, most_m = 3, cm = 100 * size_m;
    const bool other = strcmp(sex, "O") == 0, male = strcmp(sex, "M") == 0;
    if (b->by_sex && !other && !male && strcmp(sex, "F") != 0)
        return err_set(e, ERR_REFUSED,
                       "SUV: values by %s need PatientSex, which is '%.16s', not M, F or O",
                       b->type, sex);
    if (size_m < least_m || size_m > most_m)
        return err_set(e, ERR_REFUSED, "SUV: PatientSize is %g m: that cannot be", size_m);
    double measure = b->measure(male || other ? MALE : FEMALE, weight_kg, cm);
    if (other)
        measure = (measure + b->measure(FEMALE, weight_kg, cm)) / 2;
    if (!(measure > 0))
        return err_set(e, ERR_REFUSED,
                       "SUV: values by %s: its formula gives nothing for %g kg and %g m", b->type,
                       weight_kg, size_m);
    *factor = 1000 * weight_kg / (b->per * measure);
    return true;
}
