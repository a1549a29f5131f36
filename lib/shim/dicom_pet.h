/* C++ only, for dicom_header.cc: facts about PET images that need more than one element. */
#ifndef RADMILL_SHIM_DICOM_PET_H
#define RADMILL_SHIM_DICOM_PET_H

#include "shim/dicom_header.h"
#include "shim/dicom_read.h"

namespace radmill
{

/* The reference time of decay correction that GE or Siemens keep in a private element, where the
 * manufacturer is theirs; else empty. */
std::string vendor_time(const any_item &data, text_reader &text);

/* "same" or "differ" for several items of Radiopharmaceutical Information Sequence; else empty. */
std::string several_doses(const any_item &data, text_reader &text);

/* Times with colons and dates with dots, as before DICOM, become those of today: 10:00:00 and
 * 2024.02.29. Returns whether the text was changed. */
bool modern_time(std::string *text);

} // namespace radmill

#endif
