/* Moments as DICOM writes them: dates, times, and both with an offset from UTC. */
#ifndef RADMILL_COURSE_MOMENT_H
#define RADMILL_COURSE_MOMENT_H

#include "course/series.h"

#define MOMENT_DAY_S 86400

/* A time by a local clock. */
struct moment {
    double seconds;  /* since some midnight, local */
    bool has_offset; /* offset_s is known */
    double offset_s; /* local time minus UTC */
};

/* Seconds from `from` to `to`; offsets count where both have one. */
double moment_apart(struct moment from, struct moment to);

/* A date (DA) and a time (TM) of file i; false when they are not valid. */
bool moment_of_date_and_time(const struct series *s, size_t i, enum dicom_text date,
                             enum dicom_text time, struct moment *out);

/* A date with a time (DT) of file i, and perhaps an offset. */
bool moment_of_date_time(const struct series *s, size_t i, enum dicom_text which,
                         struct moment *out);

/* A time (TM) in seconds since midnight. */
bool moment_clock(const char *time, double *seconds);

/* The offset of everything in file i that names none itself: Timezone Offset From UTC (0008,0201).
 */
void moment_own_offset(const struct series *s, size_t i, struct moment *m);

/* Clock time for messages, without the date, since messages should say no more about a person than
 * needed. */
struct clock_text {
    char text[16];
};
struct clock_text moment_text(struct moment m);

#endif
