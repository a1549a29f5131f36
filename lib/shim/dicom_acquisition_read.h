/* C++ only: the acquisition of a data set, as acquisition_fields.h lays it out. */
#ifndef RADMILL_SHIM_DICOM_ACQUISITION_READ_H
#define RADMILL_SHIM_DICOM_ACQUISITION_READ_H

#include "shim/dicom_read.h"

namespace radmill
{

std::string read_acquisition(const any_item &data, text_reader &text);

} // namespace radmill

#endif
