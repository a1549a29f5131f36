/* Headers by DCMTK, which knows what may be forgiven. */
#include "shim/dicom_header.h"

#include "shim/dicom_image.h"
#include "shim/dicom_item.h"
#include "shim/dicom_references.h"
#include "shim/dicom_stream.h"
#include "shim/dicom_syntax.h"
#include "shim/little.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

using namespace radmill;

namespace
{

bool has_mark(const unsigned char *p, size_t n)
{
    return n >= 132 && std::memcmp(p + 128, "DICM", 4) == 0;
}

/* A file without preamble: a first element that looks like one of group 2 or 8. */
bool looks_like_dicom(const unsigned char *p, size_t n)
{
    if (n < 16)
        return false;
    bool little = (p[0] == 8 || p[0] == 2) && p[1] == 0 && p[3] == 0;
    bool big = p[0] == 0 && (p[1] == 8 || p[1] == 2) && p[2] == 0;
    bool vr = p[4] >= 'A' && p[4] <= 'Z' && p[5] >= 'A' && p[5] <= 'Z';
    bool length = p[6] == 0 && p[7] == 0; /* implicit: below 64 KB */
    return (little && (vr || length)) || (big && vr);
}

enum dicom_sample sample_of(const unsigned char *tag, bool big)
{
    int group = big ? tag[0] << 8 | tag[1] : tag[1] << 8 | tag[0];
    int element = big ? tag[2] << 8 | tag[3] : tag[3] << 8 | tag[2];
    if (group != 0x7fe0)
        return DICOM_SAMPLE_NONE;
    return element == 8    ? DICOM_SAMPLE_F32
           : element == 9  ? DICOM_SAMPLE_F64
           : element == 16 ? DICOM_SAMPLE_INT
                           : DICOM_SAMPLE_NONE;
}

/* `at` is where the parser stopped: just after tag, type and length of the pixel data, if there are
 * any. The bytes before `at` say which element it is and how long. */
void find_pixels(FILE *file, int64_t at, const DcmXfer &syntax, struct dicom_header *h)
{
    h->pixel_offset = -1;
    if (syntax.getStreamCompression() != ESC_none) {
        h->sample = h->rows > 0 && h->columns > 0 ? DICOM_SAMPLE_INT : DICOM_SAMPLE_NONE;
        return;
    }
    const long behind = syntax.isExplicitVR() ? 12 : 8;
    unsigned char head[12];
    if (at < behind || std::fseek(file, at - behind, SEEK_SET) != 0 ||
        std::fread(head, 1, behind, file) != static_cast<size_t>(behind))
        return;
    h->sample = sample_of(head, syntax.isBigEndian());
    uint32_t length = little32(head + behind - 4);
    if (h->sample == DICOM_SAMPLE_NONE || syntax.getPixelDataByteOrder() == EBO_BigEndian ||
        syntax.isBigEndian() || is_encapsulated(syntax) || length == 0xffffffffu)
        return;
    h->pixel_offset = at;
    h->pixel_bytes = length;
}

using file_handle = std::unique_ptr<FILE, int (*)(FILE *)>;

bool read_file(const char *path, struct dicom_header *h, struct err *e)
{
    file_handle file(std::fopen(path, "rb"), std::fclose);
    if (!file)
        return err_errno(e, "cannot open");
    unsigned char head[132];
    const size_t got = std::fread(head, 1, sizeof head, file.get());
    if (std::ferror(file.get()))
        return err_errno(e, "cannot be read");
    const bool marked = has_mark(head, got);
    if (!marked && !looks_like_dicom(head, got))
        return err_set(e, ERR_REFUSED, "not a DICOM file");
    if (std::fseek(file.get(), 0, SEEK_END) == 0)
        h->file_bytes = std::ftell(file.get());

    bounded_stream stream(path);
    DcmFileFormat format;
    OFCondition status = load_stream(format, stream, DCM_MaxReadLength, DCM_FloatPixelData);
    DcmDataset &data = *format.getDataset();
    DcmXfer syntax(data.getOriginalXfer());
    text_reader text;
    read_texts(data, text, h);
    std::string named = text.get(*format.getMetaInfo(), DCM_TransferSyntaxUID);
    h->text[DICOM_TRANSFER_SYNTAX] =
        copy_text(named.empty() && syntax.getXferID() ? syntax.getXferID() : named);
    if (h->text[DICOM_SOP_CLASS][0] == '\0') { /* a DICOMDIR has it in its meta header only */
        std::free(h->text[DICOM_SOP_CLASS]);
        h->text[DICOM_SOP_CLASS] = nullptr;
        h->text[DICOM_SOP_CLASS] =
            copy_text(text.get(*format.getMetaInfo(), DCM_MediaStorageSOPClassUID));
    }
    if (!marked && h->text[DICOM_SOP_CLASS][0] == '\0')
        return err_set(e, ERR_REFUSED, "not a DICOM file");
    if (status.bad()) {
        h->damage =
            copy_text(std::string("the header cannot be read to its end: ") + status.text());
        return true;
    }
    if (std::strcmp(h->text[DICOM_SOP_CLASS], DICOM_CLASS_OF_RTSTRUCT) == 0) {
        read_structure_set(data, text, h);
    } else if (is_segmentation_class(h->text[DICOM_SOP_CLASS])) {
        read_segmentation(data, text, h);
    } else {
        read_image(data, text, h);
        find_pixels(file.get(), stream.tell(), syntax, h);
    }
    h->forgiven |= forgiven_in(format, text);
    return true;
}

} // namespace

bool dicom_header_read_by_dcmtk(const char *path, struct dicom_header *h, struct err *e)
{
    dicom_header_empty(h);
    bool ok = dicom_guard(e, [&] { return read_file(path, h, e); });
    if (!ok)
        dicom_header_free(h);
    return ok;
}
