#include "shim/dicom_decoded.h"

#include "shim/dicom_decode.h"
#include "shim/dicom_stream.h"

using namespace radmill;

struct dicom_decoded {
    std::unique_ptr<DcmFileFormat> format; /* in which the pixels may lie */
    decoded_pixels pixels;
};

static bool decode(const pixel_claim &claim, struct dicom_decoded *d, struct err *e)
{
    d->format.reset(new DcmFileFormat);
    OFCondition status = load_file(*d->format, claim.path, DCM_MaxReadLength);
    if (status.bad())
        return err_set(e, ERR_REFUSED, "%s: %s", claim.path, status.text());
    if (!decode_pixels(claim, *d->format, &d->pixels, e))
        return false;
    if (!d->pixels.own.empty())
        d->format.reset();
    return true;
}

struct dicom_decoded *dicom_decoded_read(const char *path, const struct dicom_header *h,
                                         struct err *e)
{
    struct dicom_decoded *d = nullptr;
    const bool ok = dicom_guard(e, [&] {
        d = new dicom_decoded;
        return decode(
            {path, h->rows, h->columns, h->samples, h->bits_allocated, h->sample, h->frames}, d, e);
    });
    if (ok)
        return d;
    dicom_decoded_free(d);
    return nullptr;
}

const unsigned char *dicom_decoded_bytes(const struct dicom_decoded *d)
{
    return d->pixels.bytes;
}

void dicom_decoded_free(struct dicom_decoded *d)
{
    if (d && d->format)
        run_deep([&] { d->format.reset(); });
    delete d;
}
