#include "shim/dicom_pixels.h"

#include "shim/dicom_claim.h"
#include "shim/dicom_decoded.h"
#include "shim/dicom_read.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace radmill;

struct dicom_pixels {
    std::string path;
    pixel_claim claim;
    int64_t plain_offset;
    int fd = -1;                             /* for uncompressed pixels */
    struct dicom_decoded *decoded = nullptr; /* else */
};

namespace
{

bool read_plain(const struct dicom_pixels *p, size_t frame, void *out, struct err *e)
{
    const size_t bytes = p->claim.frame_bytes();
    const off_t at =
        static_cast<off_t>(p->plain_offset) + static_cast<off_t>(frame) * static_cast<off_t>(bytes);
    for (size_t done = 0; done < bytes;) {
        ssize_t got = pread(p->fd, static_cast<char *>(out) + done, bytes - done,
                            at + static_cast<off_t>(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_errno(e, "reading %s", p->path.c_str());
        if (got == 0)
            return err_set(e, ERR_REFUSED, "%s: truncated pixel data", p->path.c_str());
        done += static_cast<size_t>(got);
    }
    return true;
}

bool open_pixels(struct dicom_pixels *p, const struct dicom_header *h, struct err *e)
{
    p->fd = open(p->path.c_str(), O_RDONLY | O_CLOEXEC);
    if (p->fd < 0)
        return err_errno(e, "%s", p->path.c_str());
    if (!check_claim(p->claim, e))
        return false;
    if (p->plain_offset >= 0)
        return true;
    close(p->fd);
    p->fd = -1;
    p->decoded = dicom_decoded_read(p->path.c_str(), h, e);
    return p->decoded != nullptr;
}

} // namespace

struct dicom_pixels *dicom_pixels_open(const char *path, const struct dicom_header *h,
                                       struct err *e)
{
    struct dicom_pixels *p = nullptr;
    const bool ok = guard_plain(e, [&] {
        p = new dicom_pixels;
        p->path = path;
        p->claim = {p->path.c_str(),   h->rows,   h->columns, h->samples,
                    h->bits_allocated, h->sample, h->frames};
        p->plain_offset = h->pixel_offset;
        return open_pixels(p, h, e);
    });
    if (!ok) {
        dicom_pixels_close(p);
        return nullptr;
    }
    return p;
}

bool dicom_pixels_frame(struct dicom_pixels *p, size_t frame, void *out, struct err *e)
{
    return guard_plain(e, [&] {
        const size_t bytes = p->claim.frame_bytes();
        if (frame >= p->claim.frames)
            return err_set(e, ERR_FAILED, "%s: no frame %zu", p->path.c_str(), frame);
        if (p->fd >= 0)
            return read_plain(p, frame, out, e);
        std::memcpy(out, dicom_decoded_bytes(p->decoded) + frame * bytes, bytes);
        return true;
    });
}

void dicom_pixels_close(struct dicom_pixels *p)
{
    if (p && p->fd >= 0)
        close(p->fd);
    if (p)
        dicom_decoded_free(p->decoded);
    delete p;
}
