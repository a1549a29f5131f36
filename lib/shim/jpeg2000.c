#include "shim/jpeg2000.h"

#include <string.h>

/* Bytes behind the two markers: Lsiz, Rsiz, eight numbers of 32 bits, Csiz. */
enum { SIZ_BYTES = 2 + 2 + 8 * 4 + 2 };

static int64_t big32(const uint8_t *p)
{
    return (int64_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

/* Tiles along one axis: from the tiles' origin to the end of the image. */
static int64_t tiles_along(int64_t end, int64_t tile, int64_t origin)
{
    return (end - origin + tile - 1) / tile;
}

bool jpeg2000_size(const uint8_t *bytes, size_t n, struct jpeg2000_size *out)
{
    static const uint8_t markers[] = {0xff, 0x4f, 0xff, 0x51}; /* SOC, SIZ */
    const uint8_t *at = memmem(bytes, n, markers, sizeof markers);
    if (!at || (size_t)(bytes + n - at) < sizeof markers + SIZ_BYTES)
        return false;
    const uint8_t *siz = at + sizeof markers;
    int64_t value[8]; /* Xsiz Ysiz XOsiz YOsiz XTsiz YTsiz XTOsiz YTOsiz */
    for (int i = 0; i < 8; i++)
        value[i] = big32(siz + 4 + 4 * i);
    for (int a = 0; a < 2; a++)
        if (value[4 + a] < 1 || value[6 + a] > value[2 + a] || value[2 + a] >= value[a])
            return false;
    out->columns = value[0] - value[2];
    out->rows = value[1] - value[3];
    out->components = siz[36] << 8 | siz[37];
    out->tiles =
        tiles_along(value[0], value[4], value[6]) * tiles_along(value[1], value[5], value[7]);
    return true;
}
