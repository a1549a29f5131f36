/* The unit of Radionuclide Total Dose (0018,1074). */
#ifndef RADMILL_SHIM_DICOM_DOSE_H
#define RADMILL_SHIM_DICOM_DOSE_H

#include <stdbool.h>

/* A dose in Bq. An enhanced PET image has it in MBq, a PET image in Bq. Some writers store MBq in a
 * PET image as well: a number is taken so where it can be nothing else. Nobody is scanned with 1000
 * Bq; 100 mCi are more, and 1000 uCi less, than is given for a PET scan. */
static inline double dicom_dose_bq(double said, bool enhanced)
{
    return enhanced || (said >= 100 && said < 1000) ? said * 1e6 : said;
}

#endif
