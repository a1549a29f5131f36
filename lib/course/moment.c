#include "course/moment.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double day_s = MOMENT_DAY_S;

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

/* Days since 2000-03-01 (proleptic Gregorian calendar): a recent origin, so that seconds keep their
 * decimals in a double.
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

bool moment_clock(const char *time, double *seconds)
{
    const char *end;
    double offset_s;
    return parse_clock(time, seconds, &end) && (*end == '\0' || parse_offset(end, &offset_s));
}

/* The zone of everything in the file that names none (0008,0201). */
void moment_own_offset(const struct series *s, size_t i, struct moment *m)
{
    m->has_offset = parse_offset(text(s, i, DICOM_UTC_OFFSET), &m->offset_s);
}

bool moment_of_date_and_time(const struct series *s, size_t i, enum dicom_text date,
                             enum dicom_text time, struct moment *out)
{
    double day, clock;
    if (!parse_date(text(s, i, date), &day) || !moment_clock(text(s, i, time), &clock))
        return false;
    out->seconds = day + clock;
    moment_own_offset(s, i, out);
    return true;
}

/* DT: a date, a time, and perhaps an offset. */
bool moment_of_date_time(const struct series *s, size_t i, enum dicom_text which,
                         struct moment *out)
{
    const char *both = text(s, i, which), *end;
    double day, clock;
    if (strlen(both) <= 8 || !parse_date(both, &day) || !parse_clock(both + 8, &clock, &end))
        return false;
    out->seconds = day + clock;
    if (*end == '\0')
        moment_own_offset(s, i, out);
    else if (!(out->has_offset = parse_offset(end, &out->offset_s)))
        return false;
    return true;
}

double moment_apart(struct moment from, struct moment to)
{
    double zones = from.has_offset && to.has_offset ? to.offset_s - from.offset_s : 0;
    return to.seconds - from.seconds - zones;
}

struct clock_text moment_text(struct moment m)
{
    struct clock_text out;
    long tenths = lround(10 * fmod(m.seconds, day_s));
    snprintf(out.text, sizeof out.text, "%02ld:%02ld:%02ld.%ld", tenths / 36000 % 24,
             tenths / 600 % 60, tenths / 10 % 60, tenths % 10);
    return out;
}
