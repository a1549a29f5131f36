#include "course/suv_time.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double day_s = MOMENT_DAY_S, minute_s = 60;

static const char *text(const struct series *s, size_t i, enum dicom_text which)
{
    return s->file[i]->header.text[which];
}

bool suv_acquired(const struct series *s, size_t i, struct moment *out)
{
    return moment_of_date_and_time(s, i, DICOM_ACQUISITION_DATE, DICOM_ACQUISITION_TIME, out) ||
           moment_of_date_and_time(s, i, DICOM_SERIES_DATE, DICOM_ACQUISITION_TIME, out);
}

bool suv_first_acquired(const struct series *s, struct moment *out)
{
    bool any = false;
    struct moment at;
    for (size_t i = 0; i < s->files; i++)
        if (suv_acquired(s, i, &at) && (!any || moment_apart(*out, at) < 0)) {
            *out = at;
            any = true;
        }
    return any;
}

static bool check_two_times(const struct series *s, struct moment dated, struct err *e)
{
    double clock;
    if (!moment_clock(text(s, 0, DICOM_INJECTION_TIME), &clock))
        return true;
    struct moment bare = {.seconds = floor(dated.seconds / day_s) * day_s + clock};
    moment_own_offset(s, 0, &bare);
    double apart = fmod(fabs(moment_apart(dated, bare)), day_s);
    return fmin(apart, day_s - apart) <= 1 ||
           err_set(e, ERR_REFUSED,
                   "SUV: two times of injection: RadiopharmaceuticalStartDateTime %s and "
                   "RadiopharmaceuticalStartTime %s",
                   text(s, 0, DICOM_INJECTION_DATETIME), text(s, 0, DICOM_INJECTION_TIME));
}

static void note_other_day(struct moment injected, struct moment reference, struct str_list *notes)
{
    char note[160];
    if (!notes || floor(injected.seconds / day_s) == floor(reference.seconds / day_s))
        return;
    snprintf(note, sizeof note, "SUV: injected on another day than the scan, %.1f hours before it",
             moment_apart(injected, reference) / 3600);
    if (!str_list_has(notes, note))
        str_list_add(notes, note);
}

bool suv_injected(const struct series *s, struct moment reference, double half_life_s,
                  struct moment *out, struct str_list *notes, struct err *e)
{
    double clock, longest = 2 * day_s;
    const bool dated = moment_of_date_time(s, 0, DICOM_INJECTION_DATETIME, out);
    if (dated) {
        if (!check_two_times(s, *out, e))
            return false;
        longest = half_life_s > 0 ? SUV_HALF_LIVES * half_life_s : INFINITY;
    } else if (moment_clock(text(s, 0, DICOM_INJECTION_TIME), &clock)) {
        out->seconds = floor(reference.seconds / day_s) * day_s + clock;
        moment_own_offset(s, 0, out);
        if (moment_apart(*out, reference) < 0)
            out->seconds -= day_s;
    } else {
        return err_set(e, ERR_REFUSED,
                       "SUV: the time of injection (RadiopharmaceuticalStartTime) is missing");
    }
    double waited = moment_apart(*out, reference);
    if (waited < 0 || waited > longest)
        return err_set(e, ERR_REFUSED,
                       "SUV: %g s between injection and scan cannot be%s (%s and %s)", waited,
                       dated && waited > longest ? ": more than 10 half-lives" : "",
                       moment_text(*out).text, moment_text(reference).text);
    note_other_day(*out, reference, notes);
    return true;
}

/* --- the reference of START --- */

enum { FROM_FILE, FROM_VENDOR, FROM_SERIES, FROM_FRAME, SOURCES };

static const char *const source_name[SOURCES] = {
    "Decay Correction DateTime", "the vendor's own reference time", "the series time",
    "acquisition time + average decay time - frame reference time"};

/* What does not change from slice to slice. */
struct scan_clock {
    const struct series *s;
    double half_life_s;
    bool has_first, has_series;
    struct moment first;  /* acquisition */
    struct moment series; /* time, the earliest that the files say */
};

static struct scan_clock scan_clock_of(const struct series *s, double half_life_s)
{
    struct scan_clock c = {.s = s, .half_life_s = half_life_s};
    struct moment at;
    c.has_first = suv_first_acquired(s, &c.first);
    for (size_t i = 0; i < s->files; i++)
        if (moment_of_date_and_time(s, i, DICOM_SERIES_DATE, DICOM_SERIES_TIME, &at) &&
            (!c.has_series || moment_apart(c.series, at) < 0)) {
            c.series = at;
            c.has_series = true;
        }
    return c;
}

bool suv_is_enhanced(const struct series *s)
{
    return strcmp(text(s, 0, DICOM_SOP_CLASS), DICOM_CLASS_OF_ENHANCED_PET) == 0;
}

/* Only enhanced images have it; what the tag means in others is not defined. */
static bool file_time(const struct scan_clock *c, size_t i, struct moment *out)
{
    return suv_is_enhanced(c->s) && moment_of_date_time(c->s, i, DICOM_DECAY_DATETIME, out);
}

static bool vendor_time(const struct scan_clock *c, size_t i, struct moment *out)
{
    return moment_of_date_time(c->s, i, DICOM_VENDOR_TIME, out);
}

static bool series_time(const struct scan_clock *c, size_t i, struct moment *out)
{
    (void)i;
    *out = c->series;
    return c->has_series;
}

/* The series time was rewritten after the scan; one second is allowed for truncated times. */
static bool series_time_is_late(const struct scan_clock *c)
{
    return c->has_series && c->has_first && moment_apart(c->first, c->series) > 1;
}

static bool positive_ms(const struct series *s, size_t i, enum dicom_text which, double least,
                        double *seconds)
{
    if (!num_parse_double(text(s, i, which), seconds) || !isfinite(*seconds) || *seconds < least)
        return false;
    *seconds /= 1000;
    return true;
}

/* A frame's counts are those of its average decay time, which lies `reference` behind the start of
 * the series. */
static bool frame_time(const struct scan_clock *c, size_t i, struct moment *out)
{
    double frame, reference;
    if (!suv_acquired(c->s, i, out) ||
        !positive_ms(c->s, i, DICOM_FRAME_DURATION_MS, 1e-3, &frame) ||
        !positive_ms(c->s, i, DICOM_FRAME_REFERENCE_MS, 0, &reference))
        return false;
    double rate = M_LN2 / c->half_life_s, x = rate * frame;
    out->seconds += log(x / -expm1(-x)) / rate - reference;
    return true;
}

static bool (*const source_time[SOURCES])(const struct scan_clock *, size_t, struct moment *) = {
    file_time, vendor_time, series_time, frame_time};

/* Which source counts: the first that all slices have. */
static int choose(const struct scan_clock *c, struct err *e)
{
    struct moment at;
    const bool enhanced = suv_is_enhanced(c->s); /* what is said otherwise is not meant so there */
    for (int source = 0; source < (enhanced ? FROM_FILE + 1 : SOURCES); source++) {
        bool all = source != FROM_SERIES || !series_time_is_late(c);
        for (size_t i = 0; all && i < c->s->files; i++)
            all = source_time[source](c, i, &at);
        if (all)
            return source;
    }
    if (enhanced)
        err_set(e, ERR_REFUSED,
                "SUV: DecayCorrectionDateTime '%s' of an enhanced PET image is no date and time",
                text(c->s, 0, DICOM_DECAY_DATETIME));
    else if (series_time_is_late(c))
        err_set(e, ERR_REFUSED,
                "SUV: the series time %s is after the first acquisition %s, and FrameReferenceTime "
                "or ActualFrameDuration, which would say what the decay correction refers to, is "
                "missing",
                moment_text(c->series).text, moment_text(c->first).text);
    else
        err_set(e, ERR_REFUSED,
                "SUV: no series date and time are there, and no acquisition date and time with "
                "FrameReferenceTime and ActualFrameDuration");
    return SOURCES;
}

/* Notes another source whose time would change SUV by more than 1 %, with the slice where it
 * differs most.
 */
static void note_others(const struct scan_clock *c, int chosen, const struct moment *at,
                        struct str_list *notes)
{
    for (int source = 0; source < SOURCES; source++) {
        double most = 0;
        struct moment other, said = {0}, used = {0};
        for (size_t i = 0; source != chosen && i < c->s->files; i++) {
            if (!source_time[source](c, i, &other))
                continue;
            double change = fabs(expm1(M_LN2 / c->half_life_s * moment_apart(at[i], other)));
            if (change > most)
                most = change, said = other, used = at[i];
        }
        if (most <= 0.01)
            continue;
        struct str note = {0};
        str_addf(
            &note,
            "SUV: %s gives %s as reference of the decay correction, %s (not used) gives %s: %.1f "
            "%% of SUV",
            source_name[chosen], moment_text(used).text, source_name[source],
            moment_text(said).text, 100 * most);
        str_list_add(notes, str_text(&note));
        str_free(&note);
    }
}

static bool check_place(const struct scan_clock *c, int source, struct moment at,
                        struct moment injected, struct err *e)
{
    if (moment_apart(injected, at) < minute_s)
        return err_set(
            e, ERR_REFUSED,
            "SUV: the reference of the decay correction, %s by %s, is not a minute after "
            "the injection at %s",
            moment_text(at).text, source_name[source], moment_text(injected).text);
    if (c->has_first && moment_apart(c->first, at) > minute_s)
        return err_set(
            e, ERR_REFUSED,
            "SUV: the reference of the decay correction, %s by %s, is more than a minute "
            "after the first acquisition at %s",
            moment_text(at).text, source_name[source], moment_text(c->first).text);
    return true;
}

bool suv_reference(const struct series *s, double half_life_s, struct moment *at,
                   struct str_list *notes, struct err *e)
{
    const struct scan_clock c = scan_clock_of(s, half_life_s);
    struct moment injected;
    const int source = choose(&c, e);
    if (source == SOURCES)
        return false;
    for (size_t i = 0; i < s->files; i++) {
        source_time[source](&c, i, &at[i]);
        if (!suv_injected(s, at[i], half_life_s, &injected, notes, e) ||
            !check_place(&c, source, at[i], injected, e))
            return false;
    }
    if (notes)
        note_others(&c, source, at, notes);
    return true;
}
