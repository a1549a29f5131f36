#include "course/suv.h"

#include "base/mem.h"
#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double day_s = 86400;

static const char *text(const struct series *s, size_t i, enum dicom_text which)
{
    return s->file[i]->header.text[which];
}

/* n decimal digits at p. */
static bool digits(const char *p, int n, int *value)
{
    *value = 0;
    for (int i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return false;
        *value = 10 * *value + p[i] - '0';
    }
    return true;
}

/* Days since some day long ago (proleptic Gregorian calendar). */
static double day_number(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    return 365.0 * y + floor(y / 4.0) - floor(y / 100.0) + floor(y / 400.0) +
           floor((153.0 * m + 2) / 5) + day;
}

/* DA: YYYYMMDD, in seconds. */
static bool parse_date(const char *date, double *seconds)
{
    int year, month, day;
    if (!digits(date, 4, &year) || !digits(date + 4, 2, &month) || !digits(date + 6, 2, &day) ||
        month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *seconds = day_s * day_number(year, month, day);
    return true;
}

/* TM: HH[MM[SS[.FFFFFF]]], in seconds since midnight; ends at end of text or at a zone. */
static bool parse_time(const char *time, double *seconds)
{
    int part[3] = {0, 0, 0}, n = 0;
    while (n < 3 && digits(time, 2, &part[n]))
        time += 2, n++;
    double fraction = 0;
    if (n == 3 && *time == '.') {
        char number[12] = "0.";
        size_t at = 2;
        for (time++; *time >= '0' && *time <= '9'; time++)
            if (at < sizeof number - 1)
                number[at++] = *time;
        if (at > 2 && !num_parse_double(number, &fraction))
            return false;
    }
    if (n == 0 || part[0] > 23 || part[1] > 59 || part[2] > 60 ||
        (*time != '\0' && *time != '+' && *time != '-' && *time != '&'))
        return false;
    *seconds = 3600.0 * part[0] + 60.0 * part[1] + part[2] + fraction;
    return true;
}

static bool moment(const char *date, const char *time, double *seconds)
{
    double day, clock;
    if (!parse_date(date, &day) || !parse_time(time, &clock))
        return false;
    *seconds = day + clock;
    return true;
}

/* Beyond these a number is in another unit, or no measurement: nobody weighs a tonne, and with less
 * than 10 kBq nobody is scanned (MBq is what some writers put there). */
static const double most_weight_kg = 1000, least_dose_bq = 1e4;

static bool positive(const struct series *s, enum dicom_text which, const char *name, double *value,
                     struct err *e)
{
    if (num_parse_double(text(s, 0, which), value) && *value > 0 && isfinite(*value))
        return true;
    return err_set(e, ERR_REFUSED, "SUV: %s is %s ('%s')", name,
                   text(s, 0, which)[0] ? "no positive number" : "missing", text(s, 0, which));
}

/* When it was injected. A bare time belongs to the day of the reference, or to the day before when
 * it is later than that. */
static bool injection(const struct series *s, double reference, double *seconds, struct err *e)
{
    const char *both = text(s, 0, DICOM_INJECTION_DATETIME),
               *time = text(s, 0, DICOM_INJECTION_TIME);
    double clock;
    if (strlen(both) > 8 && moment(both, both + 8, seconds)) {
        double apart = parse_time(time, &clock) ? fmod(*seconds, day_s) - clock : 0;
        if (fabs(apart) > 1)
            return err_set(e, ERR_REFUSED,
                           "SUV: two times of injection: RadiopharmaceuticalStartDateTime %s and "
                           "RadiopharmaceuticalStartTime %s",
                           both, time);
    } else if (parse_time(time, &clock)) {
        *seconds = floor(reference / day_s) * day_s + clock;
        if (*seconds > reference)
            *seconds -= day_s;
    } else
        return err_set(e, ERR_REFUSED,
                       "SUV: the time of injection (RadiopharmaceuticalStartTime) is missing");
    double waited = reference - *seconds;
    if (waited < 0 || waited > 2 * day_s)
        return err_set(e, ERR_REFUSED, "SUV: %g s between injection and scan cannot be", waited);
    return true;
}

static bool acquisition(const struct series *s, size_t i, double *seconds)
{
    return moment(text(s, i, DICOM_ACQUISITION_DATE), text(s, i, DICOM_ACQUISITION_TIME),
                  seconds) ||
           moment(text(s, i, DICOM_SERIES_DATE), text(s, i, DICOM_ACQUISITION_TIME), seconds);
}

/* Start of the scan: the series time, unless it was rewritten after the first acquisition. */
static bool scan_start(const struct series *s, double *seconds, struct err *e)
{
    double first = INFINITY, at, series = INFINITY;
    for (size_t i = 0; i < s->files; i++) {
        if (acquisition(s, i, &at))
            first = fmin(first, at);
        if (moment(text(s, i, DICOM_SERIES_DATE), text(s, i, DICOM_SERIES_TIME), &at))
            series = fmin(series, at);
    }
    *seconds = fmin(first, series);
    return isfinite(*seconds) ||
           err_set(e, ERR_REFUSED, "SUV: neither series nor acquisition date and time are there");
}

/* Share of the injected activity that is there at `waited` seconds, averaged over `frame` seconds.
 */
static double remaining(double waited, double frame, double half_life)
{
    double rate = M_LN2 / half_life, x = rate * frame;
    return exp(-rate * waited) * (x > 0 ? -expm1(-x) / x : 1);
}

static bool none_factors(const struct series *s, double weight_per_dose, double half_life,
                         double *factor, struct err *e)
{
    for (size_t i = 0; i < s->files; i++) {
        double at, injected, frame_ms = 0;
        if (!acquisition(s, i, &at))
            return err_set(e, ERR_REFUSED,
                           "SUV: %s: no acquisition date and time, and the image is not decay "
                           "corrected",
                           course_file_name(s->file[i]));
        if (!injection(s, at, &injected, e))
            return false;
        num_parse_double(text(s, i, DICOM_FRAME_DURATION_MS), &frame_ms);
        factor[i] = weight_per_dose /
                    remaining(at - injected, frame_ms > 0 ? frame_ms / 1000 : 0, half_life);
    }
    return true;
}

static bool activity_factors(const struct series *s, double *factor, struct err *e)
{
    const char *decay = text(s, 0, DICOM_DECAY_CORRECTION);
    double weight_kg, dose_bq, half_life_s, at, injected;
    if (!positive(s, DICOM_PATIENT_WEIGHT_KG, "PatientWeight", &weight_kg, e) ||
        !positive(s, DICOM_DOSE_BQ, "RadionuclideTotalDose", &dose_bq, e))
        return false;
    if (weight_kg > most_weight_kg || dose_bq < least_dose_bq)
        return err_set(e, ERR_REFUSED,
                       "SUV: PatientWeight is %g kg, RadionuclideTotalDose %g Bq: that cannot be",
                       weight_kg, dose_bq);
    double per_dose = 1000 * weight_kg / dose_bq, share = 1;
    if (strcmp(decay, "ADMIN") != 0 &&
        !positive(s, DICOM_HALF_LIFE_S, "RadionuclideHalfLife", &half_life_s, e))
        return false;
    if (strcmp(decay, "NONE") == 0)
        return none_factors(s, per_dose, half_life_s, factor, e);
    if (strcmp(decay, "START") == 0) {
        if (!scan_start(s, &at, e) || !injection(s, at, &injected, e))
            return false;
        share = remaining(at - injected, 0, half_life_s);
    } else if (strcmp(decay, "ADMIN") != 0) {
        return err_set(e, ERR_REFUSED, "SUV: DecayCorrection is '%s', not START, ADMIN or NONE",
                       decay);
    }
    for (size_t i = 0; i < s->files; i++)
        factor[i] = per_dose / share;
    return true;
}

/* Every slice's number of Philips' private group; false when one has none. */
static bool philips(const struct series *s, enum dicom_text which, double *out)
{
    for (size_t i = 0; i < s->files; i++)
        if (strncmp(text(s, i, DICOM_PHILIPS_CREATOR), "Philips PET", 11) != 0 ||
            !num_parse_double(text(s, i, which), &out[i]) || !(out[i] > 0) || !isfinite(out[i]))
            return false;
    return true;
}

/* Counts by the scanner's factor to SUV or, without one, by its factor to activity. */
static bool count_factors(const struct series *s, double *factor, struct err *e)
{
    if (philips(s, DICOM_PHILIPS_SUV_FACTOR, factor))
        return true;
    if (!philips(s, DICOM_PHILIPS_BQML, factor))
        return err_set(e, ERR_REFUSED,
                       "SUV: units are CNTS, and the scanner's SUV factor is missing");
    double *per_bqml = mem_array(s->files, sizeof *per_bqml, e);
    bool ok = per_bqml && activity_factors(s, per_bqml, e);
    for (size_t i = 0; ok && i < s->files; i++)
        factor[i] *= per_bqml[i];
    free(per_bqml);
    return ok;
}

bool suv_factors(const struct series *s, double *factor, struct err *e)
{
    const char *units = text(s, 0, DICOM_UNITS), *type = text(s, 0, DICOM_SUV_TYPE);
    if (!suv_check_alike(s, e))
        return false;
    if (strcmp(units, "BQML") == 0)
        return activity_factors(s, factor, e);
    if (strcmp(units, "GML") == 0 && (*type == '\0' || strcmp(type, "BW") == 0)) {
        for (size_t i = 0; i < s->files; i++)
            factor[i] = 1;
        return true;
    }
    if (strcmp(units, "CNTS") == 0)
        return count_factors(s, factor, e);
    return err_set(e, ERR_REFUSED, "SUV: units are '%s'%s%s, neither BQML nor body-weight GML",
                   units, *type ? " of type " : "", type);
}

bool suv_uptake(const struct series *s, double *seconds)
{
    struct err unsaid = {0};
    double start, injected;
    if (strcmp(text(s, 0, DICOM_MODALITY), "PT") != 0 || !scan_start(s, &start, &unsaid) ||
        !injection(s, start, &injected, &unsaid))
        return false;
    *seconds = start - injected;
    return true;
}
