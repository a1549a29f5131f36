#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/suv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A PET of one file: 70 kg and 70 MBq make 1000 g / 1 MBq; the half-life is one hour; injected at
 * 10:00, series and acquisition at 12:00, so a quarter is left. */
struct pet {
    struct course_file file;
    const struct course_file *list[1];
    struct series series;
    char note[1024]; /* of the last factor_of, all of them */
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
    struct str_list notes = {0};
    bool ok = suv_factors(&p->series, &factor, &notes, &e);
    if (!ok)
        print_error("%s\n", e.text);
    assert_true(ok);
    p->note[0] = '\0';
    for (size_t i = 0; i < notes.n; i++)
        strncat(p->note, notes.item[i], sizeof p->note - strlen(p->note) - 1);
    str_list_free(&notes);
    return factor;
}

static void near(double value, double want)
{
    assert_true(fabs(value - want) <= 1e-12 * want);
}

/* Where a time of day has decimals of a microsecond. */
static void close_to(double value, double want)
{
    assert_true(fabs(value - want) <= 1e-10 * want);
}

static void refuses(struct pet *p, const char *words)
{
    double factor = 0;
    struct err e = {0};
    struct str_list notes = {0};
    bool ok = suv_factors(&p->series, &factor, &notes, &e);
    str_list_free(&notes);
    if (ok || !strstr(e.text, words))
        print_error("%s: %s\n", words, e.text);
    assert_false(ok);
    assert_int_equal(e.code, ERR_REFUSED);
    assert_non_null(strstr(e.text, words));
}

static void notes(struct pet *p, const char *words)
{
    if (!strstr(p->note, words))
        print_error("%s: %s\n", words, p->note);
    assert_non_null(strstr(p->note, words));
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

/* 180 s of a half-life of an hour: the mean decay is that of 89.74 s. */
static double average_decay_s(double frame_s)
{
    double x = M_LN2 * frame_s / 3600;
    return log(x / -expm1(-x)) * 3600 / M_LN2;
}

static void frame(struct pet *p, const char *duration_ms, double after_reference_s, char text[32])
{
    snprintf(text, 32, "%.15g", 1000 * (after_reference_s + average_decay_s(180)));
    set(p, DICOM_FRAME_DURATION_MS, duration_ms);
    set(p, DICOM_FRAME_REFERENCE_MS, text);
}

static void the_reference_of_start(void **state)
{
    (void)state;
    struct pet p;
    char text[32];
    make(&p);
    set(&p, DICOM_SERIES_TIME, "110000"); /* not after the acquisition: it counts */
    close_to(factor_of(&p), 2e-3);
    assert_string_equal(p.note, "");
    set(&p, DICOM_SERIES_TIME, "120000.9"); /* times that were cut */
    close_to(factor_of(&p), 4e-3 * exp2(0.9 / 3600));
    set(&p, DICOM_SERIES_TIME, "120002");
    refuses(&p, "the series time 12:00:02.0 is after the first acquisition 12:00:00.0, and Frame");
    set(&p, DICOM_SERIES_TIME, "");
    refuses(&p, "no series date and time are there");
    set(&p, DICOM_SERIES_TIME, "235959"); /* rewritten: the frame says 11:30 */
    frame(&p, "180000", 1800, text);
    close_to(factor_of(&p), 4e-3 / exp2(0.5));
    notes(&p, "gives 11:30:00.0");
    notes(&p, "the series time (not used) gives 23:59:59.0");
    set(&p, DICOM_SERIES_TIME, "110000"); /* another one contradicts by 41 % */
    close_to(factor_of(&p), 2e-3);
    notes(&p, "the series time gives 11:00:00.0");
    notes(&p, "(not used) gives 11:30:00.0: 41.4 % of SUV");
    set(&p, DICOM_SERIES_TIME, "112930"); /* half a minute: less than 1 % */
    close_to(factor_of(&p), 4e-3 / exp2(0.5 + 30.0 / 3600));
    assert_string_equal(p.note, "");
}

static void where_the_reference_may_lie(void **state)
{
    (void)state;
    struct pet p;
    char text[32];
    make(&p);
    set(&p, DICOM_SERIES_TIME, "235959");
    frame(&p, "180000", 7200, text); /* counts from the injection */
    refuses(&p, "is not a minute after the injection at 10:00:00.0");
    frame(&p, "180000", 7141, text);
    refuses(&p, "is not a minute after the injection");
    frame(&p, "180000", 7139, text);
    close_to(factor_of(&p), 1e-3 * exp2(61.0 / 3600));
    frame(&p, "180000", -59, text);
    close_to(factor_of(&p), 4e-3 * exp2(59.0 / 3600));
    frame(&p, "180000", -61, text);
    refuses(&p, "is more than a minute after the first acquisition at 12:00:00.0");
    set(&p, DICOM_FRAME_DURATION_MS, "0");
    refuses(&p, "FrameReferenceTime or ActualFrameDuration");
    set(make(&p), DICOM_SERIES_TIME, "100030");
    refuses(&p, "10:00:30.0 by the series time, is not a minute after the injection");
}

static void the_vendors_own_time(void **state)
{
    (void)state;
    struct pet p;
    set(make(&p), DICOM_VENDOR_TIME, "20240229110000.00");
    near(factor_of(&p), 2e-3);
    notes(&p, "the vendor's own reference time gives 11:00:00.0");
    notes(&p, "the series time (not used) gives 12:00:00.0");
    set(&p, DICOM_VENDOR_TIME, "20240229120130");
    refuses(&p, "12:01:30.0 by the vendor's own reference time, is more than a minute after");
    set(&p, DICOM_VENDOR_TIME, "20240228110000");
    set(&p, DICOM_INJECTION_DATETIME, "20240229100000");
    refuses(&p, "-82800 s between injection and scan cannot be");
    set(&p, DICOM_VENDOR_TIME, "today"); /* none */
    near(factor_of(&p), 4e-3);
}

static void offsets_from_utc(void **state)
{
    (void)state;
    struct pet p;
    set(make(&p), DICOM_INJECTION_TIME, "");
    set(&p, DICOM_INJECTION_DATETIME, "20240229090000+0000");
    near(factor_of(&p), 8e-3); /* one end has none: clocks as they are */
    set(&p, DICOM_UTC_OFFSET, "+0100");
    near(factor_of(&p), 4e-3);
    set(&p, DICOM_INJECTION_TIME, "100000"); /* the same moment on the scanner's clock */
    near(factor_of(&p), 4e-3);
    set(&p, DICOM_INJECTION_TIME, "090000");
    refuses(&p, "two times of injection");
    set(&p, DICOM_INJECTION_TIME, "");
    set(&p, DICOM_INJECTION_DATETIME, "20240229153000+0630"); /* 10:00 of +0100 */
    near(factor_of(&p), 4e-3);
    set(&p, DICOM_INJECTION_DATETIME, "20240229100000"); /* the file's own zone */
    near(factor_of(&p), 4e-3);
    set(&p, DICOM_INJECTION_DATETIME, "20240228233000-0930");
    near(factor_of(&p), 4e-3);
    set(&p, DICOM_VENDOR_TIME, "20240229100000+0000");
    near(factor_of(&p), 2e-3);
    set(&p, DICOM_INJECTION_DATETIME, "20240229100000+01");
    refuses(&p, "the time of injection");
}

static void ten_half_lives(void **state)
{
    (void)state;
    struct pet p;
    set(make(&p), DICOM_INJECTION_TIME, "");
    set(&p, DICOM_INJECTION_DATETIME, "20240229020000");
    near(factor_of(&p), 1e-3 * exp2(10));
    assert_string_equal(p.note, "");
    set(&p, DICOM_INJECTION_DATETIME, "20240229015959");
    refuses(&p, "cannot be: more than 10 half-lives");
    set(&p, DICOM_HALF_LIFE_S, "282240"); /* Zr-89, six days before */
    set(&p, DICOM_INJECTION_DATETIME, "20240223120000");
    near(factor_of(&p), 1e-3 * exp2(6 * 86400 / 282240.0));
    notes(&p, "on another day than the scan, 144.0 hours before it");
    set(&p, DICOM_INJECTION_DATETIME, "20240127120000");
    refuses(&p, "more than 10 half-lives");
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
    set(&p, DICOM_INJECTION_DATETIME, "20240228233000");
    refuses(&p, "more than 10 half-lives");
    set(&p, DICOM_HALF_LIFE_S, "36000");
    near(factor_of(&p), 1e-3 * exp2(2.5));
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
    set(make(&p), DICOM_INJECTION_TIME, "nine");
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
    set(&p, DICOM_SUV_TYPE, "BSA"); /* whose unit is CM2ML */
    refuses(&p, "of type BSA");
    set(&p, DICOM_SUV_TYPE, "LBM"); /* of two formulas */
    refuses(&p, "of type LBM, neither BQML nor normalised by a measure that is known");
    set(make(&p), DICOM_SOP_CLASS, "1.2.840.10008.5.1.4.1.1.128.1");
    refuses(&p, "that was converted from slices (class 1.2.840.10008.5.1.4.1.1.128.1)");
}

/* Measures by hand: 70 kg and 1.75 m. */
static void other_measures_of_the_body(void **state)
{
    (void)state;
    const struct {
        const char *units, *type, *sex;
        double measure; /* g, or cm2 */
    } row[] = {{"GML", "LBMJAMES128", "M", 56520},
               {"GML", "LBMJAMES128", "F", 51220},
               {"GML", "LBMJAMES128", "O", 53870},
               {"GML", "LBMJANMA", "M", 9270 * 70e3 / (6680 + 216 * 70 / 3.0625)},
               {"GML", "LBMJANMA", "F", 9270 * 70e3 / (8780 + 244 * 70 / 3.0625)},
               {"GML", "IBW", "M", 72380},
               {"GML", "IBW", "F", 66430},
               {"GML", "IBW", "O", 69405},
               {"CM2ML", "BSA", "", 71.84 * pow(175, 0.725) * pow(70, 0.425)}};
    struct pet p;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        set(make(&p), DICOM_UNITS, row[i].units);
        set(&p, DICOM_SUV_TYPE, row[i].type);
        set(&p, DICOM_PATIENT_SEX, row[i].sex);
        refuses(&p, "PatientSize is missing");
        set(&p, DICOM_PATIENT_SIZE_M, "1.75");
        close_to(factor_of(&p), 70e3 / row[i].measure);
        notes(&p, row[i].type);
        assert_int_equal(strstr(p.note, "the mean of both formulas") != NULL, *row[i].sex == 'O');
        set(&p, DICOM_PATIENT_SIZE_M, "175");
        refuses(&p, "PatientSize is 175 m: that cannot be");
    }
}

static void measures_that_are_none(void **state)
{
    (void)state;
    struct pet p, q;
    set(make(&p), DICOM_UNITS, "GML");
    set(&p, DICOM_SUV_TYPE, "LBMJAMES128");
    set(&p, DICOM_PATIENT_SIZE_M, "1.5");
    refuses(&p, "PatientSex, which is '', not M, F or O");
    set(&p, DICOM_PATIENT_SEX, "male");
    refuses(&p, "PatientSex, which is 'male'");
    set(&p, DICOM_PATIENT_SEX, "F");
    set(&p, DICOM_PATIENT_WEIGHT_KG, "170"); /* 181.9 - 190.1 kg */
    refuses(&p, "its formula gives nothing for 170 kg and 1.5 m");
    set(&p, DICOM_PATIENT_WEIGHT_KG, "7000");
    refuses(&p, "PatientWeight is 7000 kg");
    set(&p, DICOM_PATIENT_WEIGHT_KG, "70");
    q = p;
    set(&q, DICOM_PATIENT_SEX, "M");
    const struct course_file *both[] = {&p.file, &q.file};
    p.series.file = both;
    p.series.files = 2;
    refuses(&p, "mixed PatientSex: 'F' and 'M'");
}

/* MBq where Bq are meant, as far as it can be nothing else. */
static void doses_in_mbq(void **state)
{
    (void)state;
    struct pet p;
    const double plain = factor_of(make(&p));
    set(&p, DICOM_DOSE_BQ, "700");
    near(factor_of(&p), plain / 10);
    notes(&p, "RadionuclideTotalDose 700 cannot be Bq: taken as MBq");
    static const char *const none[] = {"99.9", "1000", "9999", "10", "2e12"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        set(&p, DICOM_DOSE_BQ, none[i]);
        refuses(&p, "Bq: that cannot be");
    }
    set(&p, DICOM_DOSE_BQ, "700");
    set(&p, DICOM_SOP_CLASS, DICOM_CLASS_OF_ENHANCED_PET);
    set(&p, DICOM_DECAY_DATETIME, "20240229110000");
    refuses(&p, "RadionuclideTotalDose 700 Bq: that cannot be");
}

/* Decay Correction DateTime counts in an enhanced image, and nothing else does there. */
static void enhanced_images(void **state)
{
    (void)state;
    struct pet p;
    const double plain = factor_of(make(&p));
    set(&p, DICOM_DECAY_DATETIME, "20240229110000");
    near(factor_of(&p), plain); /* no enhanced image */
    set(&p, DICOM_SOP_CLASS, DICOM_CLASS_OF_ENHANCED_PET);
    near(factor_of(&p), plain / 2); /* an hour earlier: twice as much was there */
    set(&p, DICOM_DECAY_DATETIME, "20240229100000");
    refuses(&p, "is not a minute after the injection");
    set(&p, DICOM_DECAY_DATETIME, "20240229130000");
    refuses(&p, "is more than a minute after the first acquisition");
    set(&p, DICOM_DECAY_DATETIME, "20240229");
    refuses(&p, "DecayCorrectionDateTime '20240229' of an enhanced PET image");
    set(&p, DICOM_DECAY_DATETIME, "");
    refuses(&p, "DecayCorrectionDateTime '' of an enhanced PET image");
    set(&p, DICOM_DECAY_CORRECTION, "NO");
    refuses(&p, "DecayCorrected is 'NO'");
    set(make(&p), DICOM_DOSE_BQ, "3.5e14");
    refuses(&p, "that cannot be");
}

static void philips_counts(void **state)
{
    (void)state;
    struct pet p;
    set(make(&p), DICOM_UNITS, "CNTS");
    set(&p, DICOM_PHILIPS_SUV_FACTOR, "0.000383");
    refuses(&p, "the manufacturer ('') is not Philips");
    set(&p, DICOM_MANUFACTURER, "Philips Medical Systems");
    near(factor_of(&p), 0.000383); /* no creator */
    set(&p, DICOM_PHILIPS_CREATOR, "PHILIPS PET PRIVATE GROUP");
    near(factor_of(&p), 0.000383);
    set(&p, DICOM_PHILIPS_CREATOR, "Somebody else");
    refuses(&p, "the private group 7053 is of 'Somebody else'");
    set(&p, DICOM_PHILIPS_CREATOR, "");
    set(&p, DICOM_PHILIPS_SUV_FACTOR, "");
    refuses(&p, "the scanner's SUV factor is missing");
    set(&p, DICOM_PHILIPS_SUV_FACTOR, "0"); /* the other factor leads to activity, of which */
    set(&p, DICOM_PHILIPS_BQML, "2.5");     /* a quarter is left: 4000 g / 70 MBq a Bq */
    near(factor_of(&p), 0.01);
    set(&p, DICOM_PHILIPS_SUV_FACTOR, "0.01019"); /* both: within 2 % */
    near(factor_of(&p), 0.01019);
    assert_string_equal(p.note, "");
    set(&p, DICOM_PHILIPS_SUV_FACTOR, "0.01021");
    refuses(&p, "Philips' two factors disagree");
    set(&p, DICOM_PATIENT_WEIGHT_KG, "");
    near(factor_of(&p), 0.01021);
    notes(&p, "could not be compared with (7053,1009): SUV: PatientWeight is missing");
}

static void what_contradicts_itself(void **state)
{
    (void)state;
    struct pet p, q;
    set(make(&p), DICOM_INJECTION_DATETIME, "20240229100000.5");
    near(factor_of(&p), 4 * 70e3 / 7e7 * exp2(-0.5 / 3600));
    set(&p, DICOM_INJECTION_DATETIME, "20240229090000");
    refuses(&p, "two times of injection");
    set(make(&p), DICOM_PATIENT_WEIGHT_KG, "70000");
    refuses(&p, "PatientWeight is 70000 kg");
    set(make(&p), DICOM_MORE_DOSES, "same");
    near(factor_of(&p), 4e-3);
    notes(&p, "identical items");
    set(make(&p), DICOM_MORE_DOSES, "differ");
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
        cmocka_unit_test(the_reference_of_start),
        cmocka_unit_test(where_the_reference_may_lie),
        cmocka_unit_test(the_vendors_own_time),
        cmocka_unit_test(offsets_from_utc),
        cmocka_unit_test(ten_half_lives),
        cmocka_unit_test(midnight_and_leap_days),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(other_units),
        cmocka_unit_test(other_measures_of_the_body),
        cmocka_unit_test(measures_that_are_none),
        cmocka_unit_test(doses_in_mbq),
        cmocka_unit_test(enhanced_images),
        cmocka_unit_test(philips_counts),
        cmocka_unit_test(what_contradicts_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
