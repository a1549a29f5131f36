/* Checks that slices, and attributes that repeat each other, agree: when they differ, nothing tells
 * which one is right. */
#include "course/suv.h"

#include <string.h>

static const char *text(const struct series *s, size_t i, enum dicom_text which)
{
    return s->file[i]->header.text[which];
}

bool suv_same_text(const struct series *s, enum dicom_text which, const char *name, struct err *e)
{
    for (size_t i = 0; i < s->files; i++)
        if (strcmp(text(s, 0, which), text(s, i, which)) != 0)
            return err_set(e, ERR_REFUSED, "SUV: mixed %s: '%s' and '%s'", name, text(s, 0, which),
                           text(s, i, which));
    return true;
}

bool suv_check_alike(const struct series *s, struct err *e)
{
    static const struct {
        enum dicom_text which;
        const char *name;
    } row[] = {{DICOM_DECAY_CORRECTION, "DecayCorrection"},
               {DICOM_SUV_TYPE, "SUVType"},
               {DICOM_PATIENT_WEIGHT_KG, "PatientWeight"},
               {DICOM_DOSE_BQ, "RadionuclideTotalDose"},
               {DICOM_HALF_LIFE_S, "RadionuclideHalfLife"},
               {DICOM_MANUFACTURER, "Manufacturer"},
               {DICOM_PHILIPS_CREATOR, "creators of group 7053"},
               {DICOM_UTC_OFFSET, "TimezoneOffsetFromUTC"},
               {DICOM_DECAY_DATETIME, "DecayCorrectionDateTime"},
               {DICOM_VENDOR_TIME, "reference times of the vendor"},
               {DICOM_INJECTION_TIME, "RadiopharmaceuticalStartTime"},
               {DICOM_INJECTION_DATETIME, "RadiopharmaceuticalStartDateTime"}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++)
        if (!suv_same_text(s, row[k].which, row[k].name, e))
            return false;
    for (size_t i = 0; i < s->files; i++)
        if (strcmp(text(s, i, DICOM_MORE_DOSES), "differ") == 0)
            return err_set(e, ERR_REFUSED, "SUV: more than one radiopharmaceutical");
    return true;
}
