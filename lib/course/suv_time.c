#include "course/suv_time.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double day_s = 86400, minute_s = 60;

static const char *text(const struct series *s, size_t i, enum dicom_text which)
{
    return s->file[i]->header.text[which];
}

/* --- dates and times as DICOM writes them --- */

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

/* Days since 2000-03-01 (proleptic Gregorian calendar): near, so that seconds keep their decimals.
 */
static double day_number(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    double days = 365.0 * y + floor(y / 4.0) - floor(y / 100.0) + floor(y / 400.0) +
                  floor((153.0 * m + 2) / 5) + day;
    return days - 730486;
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

/* TM: HH[MM[SS[.FFFFFF]]], in seconds since midnight; *end is behind it. */
static bool parse_clock(const char *time, double *seconds, const char **end)
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
    *end = time;
    *seconds = 3600.0 * part[0] + 60.0 * part[1] + part[2] + fraction;
    return n > 0 && part[0] <= 23 && part[1] <= 59 && part[2] <= 60;
}

/* &ZZXX: a sign, hours and minutes. */
static bool parse_offset(const char *zone, double *offset_s)
{
    int hours, minutes;
    if ((*zone != '+' && *zone != '-') || !digits(zone + 1, 2, &hours) ||
        !digits(zone + 3, 2, &minutes) || zone[5] || hours > 14 || minutes > 59)
        return false;
    *offset_s = (*zone == '-' ? -1 : 1) * (3600.0 * hours + 60.0 * minutes);
    return true;
}

static bool parse_time(const char *time, double *seconds)
{
    const char *end;
    double offset_s;
    return parse_clock(time, seconds, &end) && (*end == '\0' || parse_offset(end, &offset_s));
}

/* The zone of everything in the file that names none (0008,0201). */
static void own_offset(const struct series *s, size_t i, struct suv_moment *m)
{
    m->has_offset = parse_offset(text(s, i, DICOM_UTC_OFFSET), &m->offset_s);
}

static bool date_and_time(const struct series *s, size_t i, enum dicom_text date,
                          enum dicom_text time, struct suv_moment *out)
{
    double day, clock;
    if (!parse_date(text(s, i, date), &day) || !parse_time(text(s, i, time), &clock))
        return false;
    out->seconds = day + clock;
    own_offset(s, i, out);
    return true;
}

/* DT: a date, a time, and perhaps an offset. */
static bool date_time(const struct series *s, size_t i, enum dicom_text which,
                      struct suv_moment *out)
{
    const char *both = text(s, i, which), *end;
    double day, clock;
    if (strlen(both) <= 8 || !parse_date(both, &day) || !parse_clock(both + 8, &clock, &end))
        return false;
    out->seconds = day + clock;
    if (*end == '\0')
        own_offset(s, i, out);
    else if (!(out->has_offset = parse_offset(end, &out->offset_s)))
        return false;
    return true;
}

double suv_apart(struct suv_moment from, struct suv_moment to)
{
    double zones = from.has_offset && to.has_offset ? to.offset_s - from.offset_s : 0;
    return to.seconds - from.seconds - zones;
}

/* Clock time for messages: no date, which would say more of a person than it needs. */
struct clock_text {
    char text[16];
};

static struct clock_text clock_of(struct suv_moment m)
{
    struct clock_text out;
    long tenths = lround(10 * fmod(m.seconds, day_s));
    snprintf(out.text, sizeof out.text, "%02ld:%02ld:%02ld.%ld", tenths / 36000 % 24,
             tenths / 600 % 60, tenths / 10 % 60, tenths % 10);
    return out;
}

/* --- acquisition and injection --- */

bool suv_acquired(const struct series *s, size_t i, struct suv_moment *out)
{
    return date_and_time(s, i, DICOM_ACQUISITION_DATE, DICOM_ACQUISITION_TIME, out) ||
           date_and_time(s, i, DICOM_SERIES_DATE, DICOM_ACQUISITION_TIME, out);
}

bool suv_first_acquired(const struct series *s, struct suv_moment *out)
{
    bool any = false;
    struct suv_moment at;
    for (size_t i = 0; i < s->files; i++)
        if (suv_acquired(s, i, &at) && (!any || suv_apart(*out, at) < 0)) {
            *out = at;
            any = true;
        }
    return any;
}

static bool check_two_times(const struct series *s, struct suv_moment dated, struct err *e)
{
    double clock;
    if (!parse_time(text(s, 0, DICOM_INJECTION_TIME), &clock))
        return true;
    struct suv_moment bare = {.seconds = floor(dated.seconds / day_s) * day_s + clock};
    own_offset(s, 0, &bare);
    double apart = fmod(fabs(suv_apart(dated, bare)), day_s);
    return fmin(apart, day_s - apart) <= 1 ||
           err_set(e, ERR_REFUSED,
                   "SUV: two times of injection: RadiopharmaceuticalStartDateTime %s and "
                   "RadiopharmaceuticalStartTime %s",
                   text(s, 0, DICOM_INJECTION_DATETIME), text(s, 0, DICOM_INJECTION_TIME));
}

static void note_other_day(struct suv_moment injected, struct suv_moment reference,
                           struct str_list *notes)
{
    char note[160];
    if (!notes || floor(injected.seconds / day_s) == floor(reference.seconds / day_s))
        return;
    snprintf(note, sizeof note, "SUV: injected on another day than the scan, %.1f hours before it",
             suv_apart(injected, reference) / 3600);
    if (!str_list_has(notes, note))
        str_list_add(notes, note);
}

bool suv_injected(const struct series *s, struct suv_moment reference, double half_life_s,
                  struct suv_moment *out, struct str_list *notes, struct err *e)
{
    double clock, longest = 2 * day_s;
    const bool dated = date_time(s, 0, DICOM_INJECTION_DATETIME, out);
    if (dated) {
        if (!check_two_times(s, *out, e))
            return false;
        longest = half_life_s > 0 ? SUV_HALF_LIVES * half_life_s : INFINITY;
    } else if (parse_time(text(s, 0, DICOM_INJECTION_TIME), &clock)) {
        out->seconds = floor(reference.seconds / day_s) * day_s + clock;
        own_offset(s, 0, out);
        if (suv_apart(*out, reference) < 0)
            out->seconds -= day_s;
    } else {
        return err_set(e, ERR_REFUSED,
                       "SUV: the time of injection (RadiopharmaceuticalStartTime) is missing");
    }
    double waited = suv_apart(*out, reference);
    if (waited < 0 || waited > longest)
        return err_set(e, ERR_REFUSED,
                       "SUV: %g s between injection and scan cannot be%s (%s and %s)", waited,
                       dated && waited > longest ? ": more than 10 half-lives" : "",
                       clock_of(*out).text, clock_of(reference).text);
    note_other_day(*out, reference, notes);
    return true;
}

/* --- the reference of START --- */

enum { FROM_VENDOR, FROM_SERIES, FROM_FRAME, SOURCES };

static const char *const source_name[SOURCES] = {
    "the vendor's own reference time", "the series time",
    "acquisition time + average decay time - frame reference time"};

/* What does not change from slice to slice. */
struct scan_clock {
    const struct series *s;
    double half_life_s;
    bool has_first, has_series;
    struct suv_moment first;  /* acquisition */
    struct suv_moment series; /* time, the earliest that the files say */
};

static struct scan_clock clock_of_scan(const struct series *s, double half_life_s)
{
    struct scan_clock c = {.s = s, .half_life_s = half_life_s};
    struct suv_moment at;
    c.has_first = suv_first_acquired(s, &c.first);
    for (size_t i = 0; i < s->files; i++)
        if (date_and_time(s, i, DICOM_SERIES_DATE, DICOM_SERIES_TIME, &at) &&
            (!c.has_series || suv_apart(c.series, at) < 0)) {
            c.series = at;
            c.has_series = true;
        }
    return c;
}

static bool vendor_time(const struct scan_clock *c, size_t i, struct suv_moment *out)
{
    return date_time(c->s, i, DICOM_VENDOR_TIME, out);
}

static bool series_time(const struct scan_clock *c, size_t i, struct suv_moment *out)
{
    (void)i;
    *out = c->series;
    return c->has_series;
}

/* Rewritten after the scan; a second is left to times that were cut. */
static bool series_time_is_late(const struct scan_clock *c)
{
    return c->has_series && c->has_first && suv_apart(c->first, c->series) > 1;
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
static bool frame_time(const struct scan_clock *c, size_t i, struct suv_moment *out)
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

static bool (*const source_time[SOURCES])(const struct scan_clock *, size_t,
                                          struct suv_moment *) = {vendor_time, series_time,
                                                                  frame_time};

/* Which source counts: the first that all slices have. */
static int choose(const struct scan_clock *c, struct err *e)
{
    struct suv_moment at;
    for (int source = 0; source < SOURCES; source++) {
        bool all = source != FROM_SERIES || !series_time_is_late(c);
        for (size_t i = 0; all && i < c->s->files; i++)
            all = source_time[source](c, i, &at);
        if (all)
            return source;
    }
    if (series_time_is_late(c))
        err_set(e, ERR_REFUSED,
                "SUV: the series time %s is after the first acquisition %s, and FrameReferenceTime "
                "or ActualFrameDuration, which would say what the decay correction refers to, is "
                "missing",
                clock_of(c->series).text, clock_of(c->first).text);
    else
        err_set(e, ERR_REFUSED,
                "SUV: no series date and time are there, and no acquisition date and time with "
                "FrameReferenceTime and ActualFrameDuration");
    return SOURCES;
}

/* What another source says that would change SUV by more than 1 %, in the slice where it is most.
 */
static void note_others(const struct scan_clock *c, int chosen, const struct suv_moment *at,
                        struct str_list *notes)
{
    for (int source = 0; source < SOURCES; source++) {
        double most = 0;
        struct suv_moment other, said = {0}, used = {0};
        for (size_t i = 0; source != chosen && i < c->s->files; i++) {
            if (!source_time[source](c, i, &other))
                continue;
            double change = fabs(expm1(M_LN2 / c->half_life_s * suv_apart(at[i], other)));
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
            source_name[chosen], clock_of(used).text, source_name[source], clock_of(said).text,
            100 * most);
        str_list_add(notes, str_text(&note));
        str_free(&note);
    }
}

static bool check_place(const struct scan_clock *c, int source, struct suv_moment at,
                        struct suv_moment injected, struct err *e)
{
    if (suv_apart(injected, at) < minute_s)
        return err_set(
            e, ERR_REFUSED,
            "SUV: the reference of the decay correction, %s by %s, is not a minute after "
            "the injection at %s",
            clock_of(at).text, source_name[source], clock_of(injected).text);
    if (c->has_first && suv_apart(c->first, at) > minute_s)
        return err_set(
            e, ERR_REFUSED,
            "SUV: the reference of the decay correction, %s by %s, is more than a minute "
            "after the first acquisition at %s",
            clock_of(at).text, source_name[source], clock_of(c->first).text);
    return true;
}

bool suv_reference(const struct series *s, double half_life_s, struct suv_moment *at,
                   struct str_list *notes, struct err *e)
{
    const struct scan_clock c = clock_of_scan(s, half_life_s);
    struct suv_moment injected;
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
