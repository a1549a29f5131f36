#include "shim/dicom_vrs.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace radmill
{

namespace
{

struct row {
    uint32_t tag;
    uint16_t vr;
};

const row standard[] = {
#define STANDARD(tag, a, b) {tag, vr_of(a, b)},
#define PRIVATE_SEQUENCE(tag)
#include "dicom_vrs.inc"
#undef STANDARD
#undef PRIVATE_SEQUENCE
};

/* Group, and the low byte of the element. */
const uint32_t private_sequences[] = {
#define STANDARD(tag, a, b)
#define PRIVATE_SEQUENCE(tag) tag,
#include "dicom_vrs.inc"
#undef STANDARD
#undef PRIVATE_SEQUENCE
};

uint16_t private_vr(uint32_t tag)
{
    const uint32_t element = tag & 0xffff;
    if (element < 0x1000)
        return element >= 0x10 && element <= 0xff ? vr_of('L', 'O') : 0;
    return std::binary_search(std::begin(private_sequences), std::end(private_sequences),
                              tag & 0xffff00ff)
               ? 0
               : vr_of('U', 'N');
}

} // namespace

uint16_t implicit_vr(uint32_t tag)
{
    if (tag >> 16 & 1)
        return private_vr(tag);
    if ((tag & 0xffff) == 0)
        return vr_of('U', 'L'); /* the length of the group */
    const row *found = std::lower_bound(std::begin(standard), std::end(standard), tag,
                                        [](const row &r, uint32_t t) { return r.tag < t; });
    return found != std::end(standard) && found->tag == tag ? found->vr : 0;
}

bool has_own_dictionary()
{
    return !std::getenv("DCMDICTPATH");
}

} // namespace radmill
