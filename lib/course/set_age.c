#include "course/set_age.h"

#include <stdio.h>
#include <string.h>

static const char *text(const struct course_file *f, enum dicom_text which)
{
    return f->header.text[which];
}

/* A DICOM date or time without the separators of old writers ("2008.09.18", "12:19:05"): its
 * digits, and the point before the fraction of a time. */
static void digits_of(const char *value, bool is_time, char out[32])
{
    size_t n = 0;
    for (; *value && n < 31; value++)
        if ((*value >= '0' && *value <= '9') || (*value == '.' && is_time))
            out[n++] = *value;
    while (is_time && n && (out[n - 1] == '0' || out[n - 1] == '.'))
        n--; /* 1200, 120000 and 120000.00 are one time */
    out[n] = '\0';
}

static const enum dicom_text moments[] = {DICOM_SET_DATE, DICOM_SET_TIME};

/* > 0 when a has the later date (or time), or has one and b has none. */
static int compare(const struct course_file *a, const struct course_file *b, enum dicom_text which)
{
    char x[32], y[32];
    bool a_has = text(a, which)[0], b_has = text(b, which)[0];
    digits_of(text(a, which), which == DICOM_SET_TIME, x);
    digits_of(text(b, which), which == DICOM_SET_TIME, y);
    return a_has == b_has ? strcmp(x, y) : a_has - b_has;
}

/* > 0 when a is newer. */
int set_age(const struct course_file *a, const struct course_file *b)
{
    int c = 0;
    for (int i = 0; i < 2 && !c; i++)
        c = compare(a, b, moments[i]);
    c = c ? c : strcmp(text(a, DICOM_SOP_UID), text(b, DICOM_SOP_UID));
    return c ? c : strcmp(b->path, a->path);
}

/* Says which rule preferred `used` to f. */
void set_explain_age(const struct course_file *used, const struct course_file *f, char reason[512])
{
    const char *name = course_file_name(used);
    char when[2][64];
    for (int i = 0; i < 2; i++) {
        const struct course_file *it = i ? f : used;
        const char *date = text(it, DICOM_SET_DATE), *time = text(it, DICOM_SET_TIME);
        snprintf(when[i], sizeof when[i], "%.16s%s%.16s", date[0] ? date : "no date",
                 time[0] ? " " : ", no time", time);
    }
    bool by_date = compare(used, f, DICOM_SET_DATE), by_time = compare(used, f, DICOM_SET_TIME);
    enum dicom_text rule = by_date ? DICOM_SET_DATE : DICOM_SET_TIME;
    if (!by_date && !by_time)
        snprintf(reason, 512,
                 "superseded: %.200s is of the same date and time as this (%s); the SOP Instance "
                 "UIDs decide: its is the later in order",
                 name, when[1]);
    else if (!text(f, rule)[0])
        snprintf(reason, 512, "superseded: %.200s (%s) has a %s, this has none (%s)", name, when[0],
                 by_date ? "date" : "time", when[1]);
    else
        snprintf(reason, 512, "superseded: %.200s (%s) %s than this (%s)", name, when[0],
                 text(f, DICOM_SET_DATE)[0] ? "is newer" : "has a later time", when[1]);
}
