/* C++ only, for dicom_plain.cc: VRs of data sets that do not say them, from DCMTK's dictionary as
 * the build found it (rules/dicom-dictionary.cc). */
#ifndef RADMILL_SHIM_DICOM_VRS_H
#define RADMILL_SHIM_DICOM_VRS_H

#include <cstdint>

namespace radmill
{

constexpr uint16_t vr_of(char a, char b)
{
    return static_cast<uint16_t>(static_cast<unsigned char>(a) << 8 |
                                 static_cast<unsigned char>(b));
}

/* Is the VR among those of the list, two letters each? */
inline bool is_one_of(uint16_t vr, const char *list)
{
    for (; *list; list += 2)
        if (vr == vr_of(list[0], list[1]))
            return true;
    return false;
}

/* VRs of text whose length takes two bytes in explicit VR, and the one whose length takes four
 * (PS3.5, 7.1.2). */
const char short_texts[] = "AEASCSDADSDTISLOLTPNSHSTTMUI", long_texts[] = "UT";

/* The VR of an element as two letters, the first one in the high byte; 0: only DCMTK can tell. Of
 * private elements it is LO where they say whose a block is, else UN, but 0 for those that may be
 * sequences. */
uint16_t implicit_vr(uint32_t tag);

/* Does DCMTK have the dictionary of the build? Not when the environment names another one. */
bool has_own_dictionary();

} // namespace radmill

#endif
