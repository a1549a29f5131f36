/* C++ only, for dicom_rtstruct*.cc: the data set of a structure set. */
#ifndef RADMILL_SHIM_DICOM_RTSTRUCT_READ_H
#define RADMILL_SHIM_DICOM_RTSTRUCT_READ_H

#include "shim/dicom_read.h"
#include "shim/dicom_rtstruct.h"

namespace radmill
{

/* Fills all but what was forgiven. Throws with *set to be freed. */
void read_rtstruct(const any_item &data, text_reader &text, bool contours, struct rtstruct *set);

} // namespace radmill

#endif
