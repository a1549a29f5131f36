#include "shim/dicom_seg_pixels.h"

#include "shim/dicom_syntax.h"

namespace radmill
{

void refuse_seg(const std::string &why)
{
    throw std::runtime_error(why);
}

pixel_kind seg_kind_of(const std::string &type)
{
    if (type == "BINARY")
        return BITS;
    if (type == "FRACTIONAL")
        return FRACTION;
    if (type == "LABELMAP")
        return LABELS;
    refuse_seg("Segmentation Type \"" + type + "\" is not supported");
}

void read_seg_layout(DcmItem &data, struct seg *s, pixel_store *p)
{
    int64_t samples = 1;
    get_integer(data, DCM_SamplesPerPixel, &samples);
    if (!get_integer(data, DCM_Rows, &s->rows) || !get_integer(data, DCM_Columns, &s->columns) ||
        s->rows < 1 || s->columns < 1 || samples != 1)
        refuse_seg("no Rows and Columns of single samples");
    if (!get_integer(data, DCM_BitsAllocated, &p->bits))
        refuse_seg("no Bits Allocated");
    bool fits = p->kind == BITS       ? p->bits == 1 || p->bits == 8
                : p->kind == FRACTION ? p->bits == 8
                                      : p->bits == 8 || p->bits == 16;
    if (!fits)
        refuse_seg(std::to_string(p->bits) + " bits a pixel");
    if (p->kind == FRACTION &&
        (!get_integer(data, DCM_MaximumFractionalValue, &p->maximum) || p->maximum < 1))
        refuse_seg("no Maximum Fractional Value");
}

/* Compressed pixel data, decoded as those of images are. Single bits then become bytes. */
static void decode_compressed(const char *path, const struct seg *s, pixel_store *p)
{
    struct err e = {};
    p->bits = std::max<int64_t>(p->bits, 8);
    const pixel_claim claim = {path, s->rows, s->columns, 1, p->bits, DICOM_SAMPLE_INT, s->frames};
    if (!check_claim(claim, &e) || !decode_pixels(claim, p->file, &p->decoded, &e)) {
        const std::string why = e.text, own = std::string(path) + ": ";
        refuse_seg(why.compare(0, own.size(), own) == 0 ? why.substr(own.size()) : why);
    }
    p->byte = p->decoded.bytes;
    p->bytes = p->decoded.n;
}

/* Uncompressed pixel data. */
static void find_plain(DcmDataset &data, pixel_store *p)
{
    if (data.chooseRepresentation(EXS_LittleEndianExplicit, nullptr).bad())
        refuse_seg("its pixel data cannot be decoded");
    DcmElement *element = nullptr;
    if (data.findAndGetElement(DCM_PixelData, element).bad() || !element)
        refuse_seg("no Pixel Data");
    Uint16 *words = nullptr;
    Uint8 *bytes = nullptr;
    if (element->getUint8Array(bytes).good() && bytes)
        p->byte = bytes;
    else if (element->getUint16Array(words).good() && words)
        p->byte = reinterpret_cast<const Uint8 *>(words);
    else
        refuse_seg("no Pixel Data");
    p->bytes = element->getLength();
}

void read_seg_pixels(const char *path, const struct seg *s, pixel_store *p)
{
    DcmDataset &data = *p->file.getDataset();
    if (s->frames == 0)
        return;
    if (is_encapsulated(DcmXfer(data.getOriginalXfer())))
        decode_compressed(path, s, p);
    else
        find_plain(data, p);
    uint64_t pixels = static_cast<uint64_t>(s->rows) * static_cast<uint64_t>(s->columns) *
                      static_cast<uint64_t>(s->frames); /* < 2^16 * 2^16 * 2^31 */
    uint64_t needed = p->bits == 1 ? (pixels + 7) / 8 : pixels * static_cast<uint64_t>(p->bits / 8);
    if (p->bytes < needed)
        refuse_seg("pixel data of " + std::to_string(p->bytes) + " bytes, " +
                   std::to_string(needed) + " are needed");
}

} // namespace radmill
