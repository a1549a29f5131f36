#include "course/suv.h"

#include "base/mem.h"
#include "base/num.h"
#include "course/suv_body.h"
#include "course/suv_time.h"
#include "shim/dicom_dose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *text(const struct series *s, size_t i, enum dicom_text which)
{
    return s->file[i]->header.text[which];
}

/* Limits beyond which a number must be in another unit or wrong: nobody weighs a tonne, and nobody
 * is scanned with less than 10 kBq or with a TBq (Bq in an enhanced image, where the unit is MBq).
 */
static const double most_weight_kg = 1000, least_dose_bq = 1e4, most_dose_bq = 1e12;

static bool positive(const struct series *s, enum dicom_text which, const char *name, double *value,
                     struct err *e)
{
    if (num_parse_double(text(s, 0, which), value) && *value > 0 && isfinite(*value))
        return true;
    return err_set(e, ERR_REFUSED, "SUV: %s is %s ('%s')", name,
                   text(s, 0, which)[0] ? "no positive number" : "missing", text(s, 0, which));
}

/* Share of the injected activity that is left after `waited` seconds, averaged over `frame`
 * seconds.
 */
static double remaining(double waited, double frame, double half_life)
{
    double rate = M_LN2 / half_life, x = rate * frame;
    return exp(-rate * waited) * (x > 0 ? -expm1(-x) / x : 1);
}

/* Decay NONE: each slice's activity is that of its own acquisition. */
static bool none_shares(const struct series *s, double half_life_s, double *share,
                        struct str_list *notes, struct err *e)
{
    for (size_t i = 0; i < s->files; i++) {
        struct moment at, injected;
        double frame_ms = 0;
        if (!suv_acquired(s, i, &at))
            return err_set(e, ERR_REFUSED,
                           "SUV: %s: no acquisition date and time, and the image is not decay "
                           "corrected",
                           course_file_name(s->file[i]));
        if (!suv_injected(s, at, half_life_s, &injected, notes, e))
            return false;
        num_parse_double(text(s, i, DICOM_FRAME_DURATION_MS), &frame_ms);
        share[i] =
            remaining(moment_apart(injected, at), frame_ms > 0 ? frame_ms / 1000 : 0, half_life_s);
    }
    return true;
}

static bool start_shares(const struct series *s, double half_life_s, double *share,
                         struct str_list *notes, struct err *e)
{
    struct moment injected, *at = mem_array(s->files, sizeof *at, e);
    bool ok = at && suv_reference(s, half_life_s, at, notes, e);
    for (size_t i = 0; ok && i < s->files; i++) {
        ok = suv_injected(s, at[i], half_life_s, &injected, NULL, e);
        share[i] = ok ? remaining(moment_apart(injected, at[i]), 0, half_life_s) : 0;
    }
    free(at);
    return ok;
}

/* What is left of the injected activity at the reference of each slice. */
static bool shares(const struct series *s, double *share, struct str_list *notes, struct err *e)
{
    const char *decay = text(s, 0, DICOM_DECAY_CORRECTION);
    double half_life_s;
    if (strcmp(decay, "ADMIN") == 0) {
        for (size_t i = 0; i < s->files; i++)
            share[i] = 1;
        return true;
    }
    if (!positive(s, DICOM_HALF_LIFE_S, "RadionuclideHalfLife", &half_life_s, e))
        return false;
    if (strcmp(decay, "NONE") == 0)
        return none_shares(s, half_life_s, share, notes, e);
    if (strcmp(decay, "START") == 0)
        return start_shares(s, half_life_s, share, notes, e);
    return suv_is_enhanced(s)
               ? err_set(e, ERR_REFUSED,
                         "SUV: DecayCorrected is '%s', and enhanced PET images are used with YES "
                         "alone",
                         decay)
               : err_set(e, ERR_REFUSED, "SUV: DecayCorrection is '%s', not START, ADMIN or NONE",
                         decay);
}

static bool read_weight(const struct series *s, double *weight_kg, struct err *e)
{
    if (!positive(s, DICOM_PATIENT_WEIGHT_KG, "PatientWeight", weight_kg, e))
        return false;
    return *weight_kg <= most_weight_kg ||
           err_set(e, ERR_REFUSED, "SUV: PatientWeight is %g kg: that cannot be", *weight_kg);
}

static bool read_dose(const struct series *s, double *dose_bq, struct str_list *notes,
                      struct err *e)
{
    double said;
    if (!positive(s, DICOM_DOSE_BQ, "RadionuclideTotalDose", &said, e))
        return false;
    *dose_bq = suv_is_enhanced(s) ? said : dicom_dose_bq(said, false); /* the reader has done it */
    if (notes && *dose_bq != said) {
        struct str note = {0};
        str_addf(&note, "SUV: RadionuclideTotalDose %g cannot be Bq: taken as MBq", said);
        str_list_add(notes, str_text(&note));
        str_free(&note);
    }
    return (*dose_bq >= least_dose_bq && *dose_bq <= most_dose_bq) ||
           err_set(e, ERR_REFUSED, "SUV: RadionuclideTotalDose %g Bq: that cannot be", *dose_bq);
}

static bool activity_factors(const struct series *s, double *factor, struct str_list *notes,
                             struct err *e)
{
    double weight_kg, dose_bq;
    if (!read_weight(s, &weight_kg, e) || !read_dose(s, &dose_bq, notes, e) ||
        !shares(s, factor, notes, e))
        return false;
    for (size_t i = 0; i < s->files; i++)
        factor[i] = 1000 * weight_kg / dose_bq / factor[i];
    return true;
}

/* Values that were normalised by another measure of the body. */
static bool body_factors(const struct series *s, const struct suv_body *body, double *factor,
                         struct str_list *notes, struct err *e)
{
    const char *sex = text(s, 0, DICOM_PATIENT_SEX);
    double weight_kg, size_m, by_weight;
    if (!suv_same_text(s, DICOM_PATIENT_SEX, "PatientSex", e) ||
        !suv_same_text(s, DICOM_PATIENT_SIZE_M, "PatientSize", e) ||
        !read_weight(s, &weight_kg, e) ||
        !positive(s, DICOM_PATIENT_SIZE_M, "PatientSize", &size_m, e) ||
        !suv_body_factor(body, sex, weight_kg, size_m, &by_weight, e))
        return false;
    for (size_t i = 0; i < s->files; i++)
        factor[i] = by_weight;
    struct str note = {0};
    str_addf(&note, "SUV: values by %s, times %.6g to be by body weight%s",
             text(s, 0, DICOM_SUV_TYPE), by_weight,
             suv_body_needs_sex(body) && strcmp(sex, "O") == 0
                 ? " (PatientSex is O: the mean of both formulas)"
                 : "");
    str_list_add(notes, str_text(&note));
    str_free(&note);
    return true;
}

static bool names_maker(const struct series *s, enum dicom_text which, const char *maker)
{
    return strncasecmp(text(s, 0, which), maker, strlen(maker)) == 0;
}

/* Every slice's number of Philips' private group; false when one has none. */
static bool philips(const struct series *s, enum dicom_text which, double *out)
{
    for (size_t i = 0; i < s->files; i++)
        if (!num_parse_double(text(s, i, which), &out[i]) || !(out[i] > 0) || !isfinite(out[i]))
            return false;
    return true;
}

/* Both of Philips' factors are given: they must agree. When the factor to activity cannot be used,
 * there is nothing to compare. */
static bool check_philips(const struct series *s, const double *factor, double *by_activity,
                          struct str_list *notes, struct err *e)
{
    const double tolerance = 0.02;
    struct err why = {0};
    if (!activity_factors(s, by_activity, NULL, &why)) {
        struct str note = {0};
        str_addf(&note,
                 "SUV: Philips' factor (7053,1000) could not be compared with (7053,1009): %s",
                 why.text);
        str_list_add(notes, str_text(&note));
        str_free(&note);
        return true;
    }
    for (size_t i = 0; i < s->files; i++) {
        double bqml = 0;
        num_parse_double(text(s, i, DICOM_PHILIPS_BQML), &bqml);
        if (!(fabs(bqml * by_activity[i] / factor[i] - 1) <= tolerance))
            return err_set(
                e, ERR_REFUSED,
                "SUV: %s: Philips' two factors disagree: a count is %g by (7053,1000), %g "
                "by (7053,1009) and the activity",
                course_file_name(s->file[i]), factor[i], bqml * by_activity[i]);
    }
    return true;
}

/* Counts by the scanner's factor to SUV or, without one, by its factor to activity. */
static bool philips_factors(const struct series *s, double *factor, double *second,
                            struct str_list *notes, struct err *e)
{
    const bool suv = philips(s, DICOM_PHILIPS_SUV_FACTOR, factor),
               bqml = philips(s, DICOM_PHILIPS_BQML, second);
    if (!suv && !bqml)
        return err_set(e, ERR_REFUSED,
                       "SUV: units are CNTS, and the scanner's SUV factor is missing");
    if (suv)
        return !bqml || check_philips(s, factor, second, notes, e);
    memcpy(factor, second, s->files * sizeof *factor);
    if (!activity_factors(s, second, notes, e))
        return false;
    for (size_t i = 0; i < s->files; i++)
        factor[i] *= second[i];
    return true;
}

static bool count_factors(const struct series *s, double *factor, struct str_list *notes,
                          struct err *e)
{
    const char *creator = text(s, 0, DICOM_PHILIPS_CREATOR);
    if (!names_maker(s, DICOM_MANUFACTURER, "Philips"))
        return err_set(e, ERR_REFUSED,
                       "SUV: units are CNTS, and the manufacturer ('%.64s') is not Philips, whose "
                       "factors are known",
                       text(s, 0, DICOM_MANUFACTURER));
    if (*creator && !names_maker(s, DICOM_PHILIPS_CREATOR, "Philips"))
        return err_set(
            e, ERR_REFUSED,
            "SUV: units are CNTS, and the private group 7053 is of '%.64s', not Philips'", creator);
    double *second = mem_array(s->files, sizeof *second, e);
    bool ok = second && philips_factors(s, factor, second, notes, e);
    free(second);
    return ok;
}

/* Enhanced by conversion of slices (PS3.3 A.70): what the slices said lies in sequences of
 * leftovers. */
static bool is_converted(const struct series *s)
{
    return strcmp(text(s, 0, DICOM_SOP_CLASS), "1.2.840.10008.5.1.4.1.1.128.1") == 0;
}

bool suv_factors(const struct series *s, double *factor, struct str_list *notes, struct err *e)
{
    const char *units = text(s, 0, DICOM_UNITS), *type = text(s, 0, DICOM_SUV_TYPE);
    const struct suv_body *body = suv_body_find(units, type);
    if (is_converted(s))
        return err_set(
            e, ERR_REFUSED,
            "SUV: an enhanced PET image that was converted from slices (class %s) keeps units, "
            "dose and times in other attributes than a PET image, and SUV is not made of "
            "them; without SUV it is taken in its own units",
            text(s, 0, DICOM_SOP_CLASS));
    if (!suv_check_alike(s, e))
        return false;
    if (strcmp(text(s, 0, DICOM_MORE_DOSES), "same") == 0)
        str_list_add(notes, "SUV: several identical items of a radiopharmaceutical count as one");
    if (strcmp(units, "BQML") == 0)
        return activity_factors(s, factor, notes, e);
    if (strcmp(units, "GML") == 0 && (*type == '\0' || strcmp(type, "BW") == 0)) {
        for (size_t i = 0; i < s->files; i++)
            factor[i] = 1;
        return true;
    }
    if (body)
        return body_factors(s, body, factor, notes, e);
    if (strcmp(units, "CNTS") == 0)
        return count_factors(s, factor, notes, e);
    return err_set(
        e, ERR_REFUSED,
        "SUV: units are '%s'%s%s, neither BQML nor normalised by a measure that is known", units,
        *type ? " of type " : "", type);
}

bool suv_uptake(const struct series *s, double *seconds)
{
    struct err unsaid = {0};
    struct moment start, injected, *at = mem_array(s->files, sizeof *at, &unsaid);
    double half_life_s;
    bool ok = at && strcmp(text(s, 0, DICOM_MODALITY), "PT") == 0;
    if (ok && positive(s, DICOM_HALF_LIFE_S, "RadionuclideHalfLife", &half_life_s, &unsaid) &&
        suv_reference(s, half_life_s, at, NULL, &unsaid))
        start = at[0];
    else
        ok = ok && suv_first_acquired(s, &start);
    ok = ok && suv_injected(s, start, 0, &injected, NULL, &unsaid);
    if (ok)
        *seconds = moment_apart(injected, start);
    free(at);
    return ok;
}
