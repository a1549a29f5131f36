/* Headers of the plainest files, without DCMTK (dicom_plain.h). */
#include "shim/dicom_image.h"
#include "shim/dicom_plain.h"
#include "shim/dicom_plain_open.h"
#include "shim/dicom_references.h"

#include <cstring>

using namespace radmill;

namespace
{

/* Most headers are of a few thousand bytes; those of some vendors, of a hundred thousand. What is
 * longer still is left to DCMTK. */
const size_t lengths[] = {first_bytes, size_t(1) << 18, size_t(1) << 22};

void fill_texts(const plain_file &file, text_reader &text, struct dicom_header *h)
{
    h->text[DICOM_TRANSFER_SYNTAX] = copy_text(text.get(file.meta, DCM_TransferSyntaxUID));
    read_texts(file.data, text, h);
}

bool fill_image(const plain_file &file, struct dicom_header *h)
{
    text_reader text;
    const std::string uid = plain_class(file);
    if (uid.empty() || is_segmentation_class(uid.c_str()))
        return false;
    fill_texts(file, text, h);
    read_image(file.data, text, h);
    h->sample = DICOM_SAMPLE_INT;
    h->pixel_offset = static_cast<int64_t>(file.pixel_offset);
    h->pixel_bytes = file.pixel_bytes;
    return true;
}

/* Its regions are named by contours, which go to the end of the file. */
bool fill_structure_set(const open_file &source, struct dicom_header *h)
{
    const auto bytes = source.read(source.whole());
    plain_file file;
    text_reader text;
    if (!bytes || plain_parse_object(bytes.get(), source.whole(), &file) != plain_outcome::PLAIN)
        return false;
    fill_texts(file, text, h);
    read_structure_set(file.data, text, h);
    return true;
}

/* The whole header into an empty one. false, or not_plain is thrown: DCMTK must read the file; h
 * then holds what is to be freed. */
bool read_plain_header(const char *path, struct dicom_header *h)
{
    const open_file source(path);
    h->file_bytes = source.size();
    for (size_t most : lengths) {
        const size_t n = std::min(most, static_cast<size_t>(std::max<int64_t>(h->file_bytes, 0)));
        const auto bytes = source.read(n);
        plain_file file;
        if (!bytes)
            return false;
        const plain_outcome outcome = plain_parse(bytes.get(), n, &file);
        if (outcome != plain_outcome::OTHER && plain_class(file) == DICOM_CLASS_OF_RTSTRUCT)
            return fill_structure_set(source, h);
        if (outcome == plain_outcome::PLAIN)
            return fill_image(file, h);
        if (outcome == plain_outcome::OTHER || n < most)
            return false;
    }
    return false;
}

} // namespace

bool dicom_header_read_plainly(const char *path, struct dicom_header *h)
{
    dicom_header_empty(h);
    const bool ok = guard_plain(nullptr, [&] { return read_plain_header(path, h); });
    if (!ok)
        dicom_header_free(h);
    return ok;
}

bool dicom_header_read(const char *path, struct dicom_header *h, struct err *e)
{
    return dicom_header_read_plainly(path, h) || dicom_header_read_by_dcmtk(path, h, e);
}
