#include "shim/dicom_pixels.h"

#include "shim/dicom_item.h"
#include "shim/dicom_stream.h"
extern "C" {
#include "shim/foreign.h"
#include "shim/jpeg2000.h"
}

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <unistd.h>
#include <vector>

using namespace radmill;

struct dicom_pixels {
    std::string path;
    const struct dicom_header *header;
    size_t frame_bytes;
    int fd = -1;                           /* where the pixels lie plainly */
    std::unique_ptr<DcmFileFormat> format; /* else: decoded by DCMTK */
    std::vector<unsigned char> elsewhere;  /* or by the plugin */
    const unsigned char *decoded = nullptr;
    size_t decoded_bytes = 0;
};

namespace
{

/* What a header may claim: a file that decodes to more than this, and to more than so many times
 * its own size, is broken or hostile. */
const double most_bytes = 1 << 28, most_ratio = 20000;
const size_t slack_bytes = 1 << 20; /* of padding behind the pixels */

bool check_claim(const struct dicom_pixels *p, int fd, struct err *e)
{
    off_t size = lseek(fd, 0, SEEK_END);
    double claim = static_cast<double>(p->frame_bytes) * static_cast<double>(p->header->frames);
    if (claim > most_bytes && claim > most_ratio * static_cast<double>(size))
        return err_set(e, ERR_REFUSED,
                       "a header that claims %.0f bytes of pixels in a file of %lld", claim,
                       static_cast<long long>(size));
    return true;
}

bool read_plain(const struct dicom_pixels *p, size_t frame, void *out, struct err *e)
{
    const off_t at = static_cast<off_t>(p->header->pixel_offset) +
                     static_cast<off_t>(frame) * static_cast<off_t>(p->frame_bytes);
    for (size_t done = 0; done < p->frame_bytes;) {
        ssize_t got = pread(p->fd, static_cast<char *>(out) + done, p->frame_bytes - done,
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

/* The samples as bytes in native order. Big-endian samples of 32 bits are read as the standard has
 * them: two 16-bit words, the low one first (PS3.5, 8.1.1). */
bool samples_of(struct dicom_pixels *p, DcmDataset &data)
{
    DcmElement *element = nullptr;
    const enum dicom_sample sample = p->header->sample;
    const DcmTagKey tag = sample == DICOM_SAMPLE_F32   ? DCM_FloatPixelData
                          : sample == DICOM_SAMPLE_F64 ? DCM_DoubleFloatPixelData
                                                       : DCM_PixelData;
    if (data.findAndGetElement(tag, element).bad() || !element)
        return false;
    /* a length is a claim; DCMTK gets the memory for it before it looks */
    if (element->getLengthField() > p->frame_bytes * p->header->frames + slack_bytes)
        return false;
    if (sample == DICOM_SAMPLE_F32) {
        Float32 *values = nullptr;
        if (element->getFloat32Array(values).bad())
            return false;
        p->decoded = reinterpret_cast<const unsigned char *>(values);
    } else if (sample == DICOM_SAMPLE_F64) {
        Float64 *values = nullptr;
        if (element->getFloat64Array(values).bad())
            return false;
        p->decoded = reinterpret_cast<const unsigned char *>(values);
    } else if (p->header->bits_allocated == 8) {
        Uint8 *bytes = nullptr;
        if (element->getUint8Array(bytes).bad())
            return false;
        p->decoded = bytes;
    } else {
        Uint16 *words = nullptr;
        if (element->getUint16Array(words).bad())
            return false;
        p->decoded = reinterpret_cast<const unsigned char *>(words);
    }
    p->decoded_bytes = p->decoded ? element->getLength() : 0;
    return p->decoded != nullptr;
}

/* The header after decoding must still be the one that the caller knows. */
bool check_decoded(const struct dicom_pixels *p, DcmDataset &data, struct err *e)
{
    int64_t bits = 0, rows = 0, columns = 0;
    get_integer(data, DCM_BitsAllocated, &bits);
    get_integer(data, DCM_Rows, &rows);
    get_integer(data, DCM_Columns, &columns);
    if (bits != p->header->bits_allocated || rows != p->header->rows ||
        columns != p->header->columns)
        return err_set(e, ERR_REFUSED,
                       "%s: decodes to %lld x %lld pixels of %lld bits, its header says %lld x "
                       "%lld of %lld",
                       p->path.c_str(), (long long)columns, (long long)rows, (long long)bits,
                       (long long)p->header->columns, (long long)p->header->rows,
                       (long long)p->header->bits_allocated);
    if (p->decoded_bytes / p->header->frames < p->frame_bytes)
        return err_set(e, ERR_REFUSED, "%s: truncated: %zu bytes of pixels, %zu needed",
                       p->path.c_str(), p->decoded_bytes, p->frame_bytes * p->header->frames);
    return true;
}

bool is_jpeg2000(E_TransferSyntax syntax)
{
    return syntax == EXS_JPEG2000LosslessOnly || syntax == EXS_JPEG2000 ||
           syntax == EXS_JPEG2000MulticomponentLosslessOnly || syntax == EXS_JPEG2000Multicomponent;
}

/* The plugin's decoder takes a code stream's sizes at its word, whatever the file's header says:
 * every stream must have the header's sizes. Tiles of less than a pixel row each are no image's
 * either. */
bool check_stream(const struct dicom_pixels *p, DcmPixelItem &fragment, bool first, struct err *e)
{
    uint8_t head[JPEG2000_HEAD];
    struct jpeg2000_size size;
    const Uint32 n = std::min<Uint32>(fragment.getLength(), sizeof head);
    if (n > 0 && fragment.getPartialValue(head, 0, n).bad())
        return err_set(e, ERR_REFUSED, "%s: truncated pixel data", p->path.c_str());
    if (!jpeg2000_size(head, n, &size))
        return !first || err_set(e, ERR_REFUSED, "%s: no JPEG 2000 code stream", p->path.c_str());
    const struct dicom_header *h = p->header;
    return (size.columns == h->columns && size.rows == h->rows && size.components == h->samples &&
            size.tiles <= std::max(h->rows, h->columns)) ||
           err_set(e, ERR_REFUSED,
                   "%s: a JPEG 2000 code stream of %lld x %lld pixels, its header says %lld x %lld",
                   p->path.c_str(), (long long)size.columns, (long long)size.rows,
                   (long long)h->columns, (long long)h->rows);
}

bool check_streams(const struct dicom_pixels *p, DcmDataset &data, struct err *e)
{
    DcmElement *element = nullptr;
    DcmPixelSequence *fragments = nullptr;
    E_TransferSyntax syntax = EXS_Unknown;
    const DcmRepresentationParameter *parameters = nullptr;
    data.findAndGetElement(DCM_PixelData, element);
    DcmPixelData *pixels = dynamic_cast<DcmPixelData *>(element);
    if (pixels)
        pixels->getOriginalRepresentationKey(syntax, parameters);
    if (!pixels || pixels->getEncapsulatedRepresentation(syntax, parameters, fragments).bad())
        return err_set(e, ERR_REFUSED, "%s: no usable pixel data", p->path.c_str());
    DcmPixelItem *fragment = nullptr;
    for (unsigned long k = 1; fragments->getItem(fragment, k).good(); k++) /* 0: offset table */
        if (!check_stream(p, *fragment, k == 1, e))
            return false;
    return true;
}

bool decode_elsewhere(struct dicom_pixels *p, struct err *e)
{
    if (!check_streams(p, *p->format->getDataset(), e))
        return false;
    p->format.reset();
    p->elsewhere.resize(p->frame_bytes * p->header->frames);
    p->decoded = p->elsewhere.data();
    p->decoded_bytes = p->elsewhere.size();
    return foreign_dicom_read(p->path.c_str(), p->elsewhere.data(), p->elsewhere.size(), e);
}

bool decode(struct dicom_pixels *p, struct err *e)
{
    p->format.reset(new DcmFileFormat);
    OFCondition status = load_file(*p->format, p->path.c_str(), DCM_MaxReadLength);
    if (status.bad())
        return err_set(e, ERR_REFUSED, "%s: %s", p->path.c_str(), status.text());
    DcmDataset &data = *p->format->getDataset();
    const DcmXfer original(data.getOriginalXfer());
    if (is_jpeg2000(original.getXfer()))
        return decode_elsewhere(p, e);
    status = data.chooseRepresentation(EXS_LittleEndianExplicit, nullptr);
    if (status.bad() || !data.canWriteXfer(EXS_LittleEndianExplicit))
        return err_set(e, ERR_REFUSED, "%s: pixels of transfer syntax %s cannot be decoded: %s",
                       p->path.c_str(), p->header->text[DICOM_TRANSFER_SYNTAX], status.text());
    if (!samples_of(p, data))
        return err_set(e, ERR_REFUSED, "%s: no usable pixel data", p->path.c_str());
    return check_decoded(p, data, e);
}

bool open_pixels(struct dicom_pixels *p, struct err *e)
{
    int fd = open(p->path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, "%s", p->path.c_str());
    bool ok = check_claim(p, fd, e);
    if (ok && p->header->pixel_offset >= 0) {
        p->fd = fd;
        return true;
    }
    close(fd);
    return ok && decode(p, e);
}

} // namespace

struct dicom_pixels *dicom_pixels_open(const char *path, const struct dicom_header *h,
                                       struct err *e)
{
    struct dicom_pixels *p = nullptr;
    bool ok = dicom_guard(e, [&] {
        p = new dicom_pixels;
        p->path = path;
        p->header = h;
        p->frame_bytes = static_cast<size_t>(h->rows * h->columns * (h->bits_allocated / 8));
        return open_pixels(p, e);
    });
    if (!ok) {
        dicom_pixels_close(p);
        return nullptr;
    }
    return p;
}

bool dicom_pixels_frame(struct dicom_pixels *p, size_t frame, void *out, struct err *e)
{
    return guard_here(e, [&] {
        if (frame >= p->header->frames)
            return err_set(e, ERR_FAILED, "%s: no frame %zu", p->path.c_str(), frame);
        if (p->fd >= 0)
            return read_plain(p, frame, out, e);
        std::memcpy(out, p->decoded + frame * p->frame_bytes, p->frame_bytes);
        return true;
    });
}

void dicom_pixels_close(struct dicom_pixels *p)
{
    if (p && p->fd >= 0)
        close(p->fd);
    if (p && p->format)
        run_deep([&] { p->format.reset(); });
    delete p;
}
