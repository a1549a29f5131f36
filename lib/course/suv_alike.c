/* Checks that slices, and attributes that repeat each other, agree: when they differ, nothing tells
 * which one is right. */
#include "course/suv.h"

#include <string.h>

static const char *text(const struct series *s, size_t i, enum dicom_text which)
{
    return s->file[i]->header.text[which];
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
    for (size_t i = 0; i < s->files; i++) {
        for (size_t k = 0; k < sizeof row / sizeof *row; k++)
            if (strcmp(text(s, 0, row[k].which), text(s, i, row[k].which)) != 0)
                return err_set(e, ERR_REFUSED, "SUV: mixed %s: '%s' and '%s'", row[k].name,
                               text(s, 0, row[k].which), text(s, i, row[k].which));
        if (strcmp(text(s, i, DICOM_MORE_DOSES), "differ") == 0)
            return err_set(e, ERR_REFUSED, "SUV: more than one radiopharmaceutical");
    }
    return true;
}
