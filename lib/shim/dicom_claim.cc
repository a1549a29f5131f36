#include "shim/dicom_claim.h"

#include <sys/stat.h>

namespace radmill
{

/* What a header may claim: a file that decodes to more than this, and to more than so many times
 * its own size, is broken or hostile. */
const double most_bytes = 1 << 28, most_ratio = 20000;

bool check_claim(const pixel_claim &claim, struct err *e)
{
    struct stat info;
    const double size = stat(claim.path, &info) == 0 ? static_cast<double>(info.st_size) : 0;
    const double bytes =
        static_cast<double>(claim.frame_bytes()) * static_cast<double>(claim.frames);
    if (bytes > most_bytes && bytes > most_ratio * size)
        return err_set(e, ERR_REFUSED,
                       "a header that claims %.0f bytes of pixels in a file of %.0f", bytes, size);
    return true;
}

} // namespace radmill
