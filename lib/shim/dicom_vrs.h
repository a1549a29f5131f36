/* C++ only, for dicom_plain.cc: VRs of data sets that do not say them, from DCMTK's dictionary as
 * the build found it (rules/dicom-dictionary.cc). */
#ifndef RADMILL_SHIM_DICOM_VRS_H
#define RADMILL_SHIM_DICOM_VRS_H

#include <cstdint>

namespace radmill
{

/* The VR of an element as two letters, the first one in the high byte; 0: only DCMTK can tell. Of
 * private elements it is LO where they say whose a block is, else UN, but 0 for those that may be
 * sequences. */
uint16_t implicit_vr(uint32_t tag);

/* Does DCMTK have the dictionary of the build? Not when the environment names another one. */
bool has_own_dictionary();

} // namespace radmill

#endif
