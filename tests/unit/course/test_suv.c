#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/suv.h"

#include <math.h>
#include <string.h>

/* A PET of one file: 70 kg and 70 MBq make 1000 g / 1 MBq; the half-life is one hour; injected at
 * 10:00, series and acquisition at 12:00, so a quarter is left. */
struct pet {
    struct course_file file;
    const struct course_file *list[1];
    struct series series;
};

static struct pet *make(struct pet *p)
{
    static const struct {
        enum dicom_text which;
        const char *text;
    } row[] = {{DICOM_UNITS, "BQML"},
               {DICOM_DECAY_CORRECTION, "START"},
               {DICOM_PATIENT_WEIGHT_KG, "70"},
               {DICOM_DOSE_BQ, "7e7"},
               {DICOM_HALF_LIFE_S, "3600"},
               {DICOM_SERIES_DATE, "20240229"},
               {DICOM_SERIES_TIME, "120000"},
               {DICOM_ACQUISITION_DATE, "20240229"},
               {DICOM_ACQUISITION_TIME, "120000.000000"},
               {DICOM_INJECTION_TIME, "100000.00"}};
    *p = (struct pet){.file.path = (char *)"pet"};
    for (int i = 0; i < DICOM_TEXTS; i++)
        p->file.header.text[i] = (char *)"";
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        p->file.header.text[row[i].which] = (char *)row[i].text;
    p->list[0] = &p->file;
    p->series.file = p->list;
    p->series.files = 1;
    return p;
}

static void set(struct pet *p, enum dicom_text which, const char *text)
{
    p->file.header.text[which] = (char *)text;
}

static double factor_of(struct pet *p)
{
    double factor = 0;
    struct err e = {0};
    p->series.file = p->list;
    p->list[0] = &p->file;
    bool ok = suv_factors(&p->series, &factor, &e);
    if (!ok)
        print_error("%s\n", e.text);
    assert_true(ok);
    return factor;
}

static void near(double value, double want)
{
    assert_true(fabs(value - want) <= 1e-12 * want);
}

static void refuses(struct pet *p, const char *words)
{
    double factor = 0;
    struct err e = {0};
    assert_false(suv_factors(&p->series, &factor, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_non_null(strstr(e.text, words));
}

static void each_decay_correction(void **state)
{
    (void)state;
    struct pet p;
    near(factor_of(make(&p)), 4e-3);
    set(&p, DICOM_DECAY_CORRECTION, "ADMIN");
    near(factor_of(&p), 1e-3);
    set(&p, DICOM_DECAY_CORRECTION, "NONE");
    near(factor_of(&p), 4e-3);
    set(&p, DICOM_FRAME_DURATION_MS, "3600000"); /* mean of one half-life: 1 / (2 ln 2) */
    near(factor_of(&p), 4e-3 * 2 * M_LN2);
    set(&p, DICOM_DECAY_CORRECTION, "SOMETIME");
    refuses(&p, "'SOMETIME'");
}

static void the_scan_starts_at_the_earlier_of_series_and_acquisition(void **state)
{
    (void)state;
    struct pet p;
    make(&p);
    set(&p, DICOM_SERIES_TIME, "235959");
    near(factor_of(&p), 4e-3);
    set(&p, DICOM_SERIES_TIME, "110000");
    near(factor_of(&p), 2e-3);
    set(&p, DICOM_SERIES_TIME, "");
    near(factor_of(&p), 4e-3);
    set(&p, DICOM_ACQUISITION_TIME, "");
    refuses(&p, "neither series nor acquisition");
}

static void midnight_and_leap_days(void **state)
{
    (void)state;
    struct pet p;
    make(&p);
    set(&p, DICOM_SERIES_DATE, "20240301");
    set(&p, DICOM_ACQUISITION_DATE, "20240301");
    set(&p, DICOM_SERIES_TIME, "0030");
    set(&p, DICOM_ACQUISITION_TIME, "0030");
    set(&p, DICOM_INJECTION_TIME, "2330");
    near(factor_of(&p), 2e-3);
    set(&p, DICOM_INJECTION_DATETIME, "20240229233000.000000+0100");
    near(factor_of(&p), 2e-3);
    set(&p, DICOM_INJECTION_DATETIME, "20240228233000"); /* 25 hours */
    near(factor_of(&p), 1e-3 * exp2(25));
    set(&p, DICOM_INJECTION_TIME, "");
    set(&p, DICOM_INJECTION_DATETIME, "20240302000000");
    refuses(&p, "between injection and scan cannot be");
    set(&p, DICOM_INJECTION_DATETIME, "20231231000000");
    refuses(&p, "between injection and scan cannot be");
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    static const struct {
        enum dicom_text which;
        const char *words;
    } row[] = {{DICOM_PATIENT_WEIGHT_KG, "PatientWeight is missing"},
               {DICOM_DOSE_BQ, "RadionuclideTotalDose is missing"},
               {DICOM_HALF_LIFE_S, "RadionuclideHalfLife is missing"},
               {DICOM_INJECTION_TIME, "RadiopharmaceuticalStartTime"},
               {DICOM_DECAY_CORRECTION, "DecayCorrection is ''"},
               {DICOM_UNITS, "units are ''"}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct pet p;
        set(make(&p), row[i].which, "");
        refuses(&p, row[i].words);
    }
    struct pet p;
    set(make(&p), DICOM_INJECTION_TIME, "9:15");
    refuses(&p, "RadiopharmaceuticalStartTime");
    set(make(&p), DICOM_DOSE_BQ, "-1");
    refuses(&p, "RadionuclideTotalDose is no positive number");
}

static void other_units(void **state)
{
    (void)state;
    struct pet p;
    set(make(&p), DICOM_UNITS, "GML");
    near(factor_of(&p), 1);
    set(&p, DICOM_SUV_TYPE, "BW");
    near(factor_of(&p), 1);
    set(&p, DICOM_SUV_TYPE, "BSA");
    refuses(&p, "of type BSA");
    set(make(&p), DICOM_UNITS, "CNTS");
    refuses(&p, "units are CNTS");
    set(&p, DICOM_PHILIPS_SUV_FACTOR, "0.000383");
    refuses(&p, "units are CNTS"); /* whose private group it is decides */
    set(&p, DICOM_PHILIPS_CREATOR, "Philips PET Private Group");
    near(factor_of(&p), 0.000383);
    set(&p, DICOM_PHILIPS_SUV_FACTOR, "0"); /* the other factor leads to activity, of which */
    set(&p, DICOM_PHILIPS_BQML, "2.5");     /* a quarter is left: 4000 g / 70 MBq a Bq */
    near(factor_of(&p), 2.5 * 4 * 70e3 / 7e7);
}

static void what_contradicts_itself(void **state)
{
    (void)state;
    struct pet p, q;
    set(make(&p), DICOM_INJECTION_DATETIME, "20240229100000.5");
    near(factor_of(&p), 4 * 70e3 / 7e7 * exp2(-0.5 / 3600));
    set(&p, DICOM_INJECTION_DATETIME, "20240229090000");
    refuses(&p, "two times of injection");
    set(make(&p), DICOM_DOSE_BQ, "370");
    refuses(&p, "RadionuclideTotalDose 370 Bq");
    set(make(&p), DICOM_PATIENT_WEIGHT_KG, "70000");
    refuses(&p, "PatientWeight is 70000 kg");
    set(make(&p), DICOM_MORE_DOSES, "yes");
    refuses(&p, "more than one radiopharmaceutical");
    set(make(&q), DICOM_PATIENT_WEIGHT_KG, "80");
    const struct course_file *both[] = {&make(&p)->file, &q.file};
    p.series.file = both;
    p.series.files = 2;
    refuses(&p, "mixed PatientWeight: '70' and '80'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_decay_correction),
        cmocka_unit_test(the_scan_starts_at_the_earlier_of_series_and_acquisition),
        cmocka_unit_test(midnight_and_leap_days),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(other_units),
        cmocka_unit_test(what_contradicts_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
