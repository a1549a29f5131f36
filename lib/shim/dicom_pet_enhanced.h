/* C++ only, for dicom_header.cc: enhanced PET images, whose attributes of activity are other ones.
 */
#ifndef RADMILL_SHIM_DICOM_PET_ENHANCED_H
#define RADMILL_SHIM_DICOM_PET_ENHANCED_H

#include "shim/dicom_header.h"
#include "shim/dicom_read.h"

namespace radmill
{

/* Puts what an enhanced PET image (PS3.3 A.56) says into the texts of a PET image, when `h` is one
 * whose frames are read:
 *
 *   Units               BQML or GML of type BW, by the unit of Real World Value Mapping; only where
 *                       the mapping of every frame is its rescale, so that voxels have that unit
 *   Decay Correction    START of Decay Corrected YES, else what stands there: NO is not NONE, since
 *                       each frame has a time of its own
 *   Radionuclide Total Dose   in Bq; there it is in MBq (C.8.22.4)
 *   Acquisition Date, Time    of the first frame (Frame Acquisition DateTime)
 *
 * What has no such meaning stays empty. */
void read_enhanced_pet(const any_item &data, text_reader &text, struct dicom_header *h);

} // namespace radmill

#endif
