#include "course/acquisition.h"

#include "base/mem.h"
#include "base/num.h"
#include "course/suv.h"
#include "io/json.h"
#include "shim/acquisition_fields.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What has been seen of one field. */
struct field {
    const char *text; /* of the first image that states it; not terminated: `length` bytes */
    size_t length, n;
    double sum;
    bool mixed;
};

static void see(struct field *f, const char *text, size_t length, bool is_number)
{
    if (f->n++ == 0) {
        f->text = text;
        f->length = length;
    }
    f->mixed = f->mixed || length != f->length || memcmp(text, f->text, length) != 0;
    if (is_number) {
        char digits[NUM_TEXT];
        double value = 0;
        size_t most = length < sizeof digits ? length : sizeof digits - 1;
        memcpy(digits, text, most);
        digits[most] = '\0';
        num_parse_double(digits, &value);
        f->sum += value;
    }
}

/* The fields of one image. */
static void see_image(struct field *fields, const char *text)
{
    for (size_t i = 0; i < acquisition_count(); i++) {
        size_t length = strcspn(text, "\n");
        if (length)
            see(&fields[i], text, length, acquisition_is_number(i));
        text += length + (text[length] == '\n');
    }
}

static json_t *field_json(const struct field *f, bool is_number)
{
    if (is_number)
        return json_real(f->mixed ? f->sum / (double)f->n : strtod(f->text, NULL));
    if (f->mixed)
        return json_text("mixed");
    char *copy = mem_must(calloc(f->length + 1, 1));
    memcpy(copy, f->text, f->length);
    json_t *text = json_text(copy);
    free(copy);
    return text;
}

json_t *acquisition_json(const struct series *s)
{
    json_t *o = json_object();
    struct field *fields = mem_must(calloc(acquisition_count(), sizeof *fields));
    double uptake_s;
    for (size_t i = 0; i < s->files; i++)
        see_image(fields, s->file[i]->header.text[DICOM_ACQUISITION]);
    for (size_t i = 0; i < acquisition_count(); i++)
        if (fields[i].n)
            json_object_set_new(o, acquisition_name(i),
                                field_json(&fields[i], acquisition_is_number(i)));
    if (suv_uptake(s, &uptake_s))
        json_object_set_new(o, "uptake_min", json_real(round(uptake_s / 6) / 10));
    free(fields);
    return o;
}

static bool is_date(const char *text)
{
    return strlen(text) == 8 && strspn(text, "0123456789") == 8;
}

void acquisition_date(const struct series *s, char date[9])
{
    static const enum dicom_text dates[] = {DICOM_ACQUISITION_DATE, DICOM_SERIES_DATE,
                                            DICOM_STUDY_DATE};
    date[0] = '\0';
    for (size_t k = 0; k < sizeof dates / sizeof dates[0] && !date[0]; k++)
        for (size_t i = 0; i < s->files; i++) {
            const char *text = s->file[i]->header.text[dates[k]];
            if (is_date(text) && (!date[0] || strcmp(text, date) < 0))
                memcpy(date, text, 9);
        }
}
