#include "shim/dicom_decode.h"

extern "C" {
#include "shim/foreign.h"
#include "shim/jpeg2000.h"
}
#include "shim/dicom_codecs.h"
#include "shim/dicom_syntax.h"
#include "shim/plugin.h"

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <dlfcn.h>
#include <mutex>

namespace radmill
{

namespace
{

const size_t slack_bytes = 1 << 20; /* of padding behind the pixels */

/* The samples as bytes in native order. Big-endian samples of 32 bits are read as the standard has
 * them: two 16-bit words, the low one first (PS3.5, 8.1.1). */
bool samples_of(const pixel_claim &claim, DcmDataset &data, decoded_pixels *out)
{
    DcmElement *element = nullptr;
    const DcmTagKey tag = claim.sample == DICOM_SAMPLE_F32   ? DCM_FloatPixelData
                          : claim.sample == DICOM_SAMPLE_F64 ? DCM_DoubleFloatPixelData
                                                             : DCM_PixelData;
    if (data.findAndGetElement(tag, element).bad() || !element)
        return false;
    /* the length may be wrong, and DCMTK allocates it before reading */
    if (element->getLengthField() > claim.frame_bytes() * claim.frames + slack_bytes)
        return false;
    if (claim.sample == DICOM_SAMPLE_F32) {
        Float32 *values = nullptr;
        if (element->getFloat32Array(values).bad())
            return false;
        out->bytes = reinterpret_cast<const unsigned char *>(values);
    } else if (claim.sample == DICOM_SAMPLE_F64) {
        Float64 *values = nullptr;
        if (element->getFloat64Array(values).bad())
            return false;
        out->bytes = reinterpret_cast<const unsigned char *>(values);
    } else if (claim.bits_allocated == 8) {
        Uint8 *bytes = nullptr;
        if (element->getUint8Array(bytes).bad())
            return false;
        out->bytes = bytes;
    } else {
        Uint16 *words = nullptr;
        if (element->getUint16Array(words).bad())
            return false;
        out->bytes = reinterpret_cast<const unsigned char *>(words);
    }
    out->n = out->bytes ? element->getLength() : 0;
    return out->bytes != nullptr;
}

/* Decoding must not have changed what the header says to the caller. */
bool check_decoded(const pixel_claim &claim, DcmDataset &data, const decoded_pixels &out,
                   struct err *e)
{
    int64_t bits = 0, rows = 0, columns = 0;
    get_integer(data, DCM_BitsAllocated, &bits);
    get_integer(data, DCM_Rows, &rows);
    get_integer(data, DCM_Columns, &columns);
    if (bits != claim.bits_allocated || rows != claim.rows || columns != claim.columns)
        return err_set(e, ERR_REFUSED,
                       "%s: decodes to %lld x %lld pixels of %lld bits, its header says %lld x "
                       "%lld of %lld",
                       claim.path, (long long)columns, (long long)rows, (long long)bits,
                       (long long)claim.columns, (long long)claim.rows,
                       (long long)claim.bits_allocated);
    if (out.n / claim.frames < claim.frame_bytes())
        return err_set(e, ERR_REFUSED, "%s: truncated: %zu bytes of pixels, %zu needed", claim.path,
                       out.n, claim.frame_bytes() * claim.frames);
    return true;
}

bool is_jpeg2000(E_TransferSyntax syntax)
{
    return syntax == EXS_JPEG2000LosslessOnly || syntax == EXS_JPEG2000 ||
           syntax == EXS_JPEG2000MulticomponentLosslessOnly || syntax == EXS_JPEG2000Multicomponent;
}

/* Loads the decoders, once; DCMTK itself reads what is not encapsulated, and RLE. */
bool have_codecs(const DcmXfer &syntax, struct err *e)
{
    static std::once_flag once;
    static void (*start)() = nullptr;
    static struct err why; /* of every image that needs them, not only of the first */
    if (!is_encapsulated(syntax) || syntax.getXfer() == EXS_RLELossless)
        return true;
    std::call_once(once, [&] {
        void *library = plugin_open("radmill-codecs.so", "decoders'", &why);
        *reinterpret_cast<void **>(&start) =
            library ? dlsym(library, "radmill_codecs_start") : nullptr;
        if (start)
            start();
    });
    return start || err_set(e, ERR_FAILED, "%s",
                            why.text[0] ? why.text : "the decoders' plugin is of another release");
}

/* The plugin's decoder believes the sizes in a code stream, whatever the file's header says, so
 * every stream must have the header's sizes. A stream may have no more tiles than the image has
 * rows or columns, whichever is more. */
bool check_stream(const pixel_claim &claim, DcmPixelItem &fragment, bool first, struct err *e)
{
    uint8_t head[JPEG2000_HEAD];
    struct jpeg2000_size size;
    const Uint32 n = std::min<Uint32>(fragment.getLength(), sizeof head);
    if (n > 0 && fragment.getPartialValue(head, 0, n).bad())
        return err_set(e, ERR_REFUSED, "%s: truncated pixel data", claim.path);
    if (!jpeg2000_size(head, n, &size))
        return !first || err_set(e, ERR_REFUSED, "%s: no JPEG 2000 code stream", claim.path);
    return (size.columns == claim.columns && size.rows == claim.rows &&
            size.components == claim.samples &&
            size.tiles <= std::max(claim.rows, claim.columns)) ||
           err_set(e, ERR_REFUSED,
                   "%s: a JPEG 2000 code stream of %lld x %lld pixels, its header says %lld x %lld",
                   claim.path, (long long)size.columns, (long long)size.rows,
                   (long long)claim.columns, (long long)claim.rows);
}

bool check_streams(const pixel_claim &claim, DcmDataset &data, struct err *e)
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
        return err_set(e, ERR_REFUSED, "%s: no usable pixel data", claim.path);
    DcmPixelItem *fragment = nullptr;
    for (unsigned long k = 1; fragments->getItem(fragment, k).good(); k++) /* 0: offset table */
        if (!check_stream(claim, *fragment, k == 1, e))
            return false;
    return true;
}

bool decode_elsewhere(const pixel_claim &claim, DcmDataset &data, decoded_pixels *out,
                      struct err *e)
{
    if (!check_streams(claim, data, e))
        return false;
    out->own.resize(claim.frame_bytes() * claim.frames);
    out->bytes = out->own.data();
    out->n = out->own.size();
    return foreign_dicom_read(claim.path, out->own.data(), out->n, e);
}

} // namespace

bool decode_pixels(const pixel_claim &claim, DcmFileFormat &file, decoded_pixels *out,
                   struct err *e)
{
    DcmDataset &data = *file.getDataset();
    const DcmXfer original(data.getOriginalXfer());
    if (is_jpeg2000(original.getXfer()))
        return decode_elsewhere(claim, data, out, e);
    if (!have_codecs(original, e))
        return err_wrap(e, "reading %s", claim.path);
    const OFCondition status = data.chooseRepresentation(EXS_LittleEndianExplicit, nullptr);
    if (status.bad() || !data.canWriteXfer(EXS_LittleEndianExplicit)) {
        OFString named; /* DCMTK has no name for transfer syntaxes that it does not know */
        file.getMetaInfo()->findAndGetOFString(DCM_TransferSyntaxUID, named);
        return err_set(e, ERR_REFUSED, "%s: pixels of transfer syntax %.64s cannot be decoded: %s",
                       claim.path, named.empty() ? original.getXferID() : named.c_str(),
                       status.text());
    }
    if (!samples_of(claim, data, out))
        return err_set(e, ERR_REFUSED, "%s: no usable pixel data", claim.path);
    return check_decoded(claim, data, *out, e);
}

} // namespace radmill
