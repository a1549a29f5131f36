/* C++ only: numbers in little endian, wherever they stand. */
#ifndef RADMILL_SHIM_LITTLE_H
#define RADMILL_SHIM_LITTLE_H

#include <cstdint>

namespace radmill
{

inline uint32_t little16(const unsigned char *p)
{
    return static_cast<uint32_t>(p[0] | p[1] << 8);
}

inline uint32_t little32(const unsigned char *p)
{
    return little16(p) | little16(p + 2) << 16;
}

} // namespace radmill

#endif
