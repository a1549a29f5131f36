/* Headers of the plainest files, without DCMTK (dicom_plain.h). */
#include "shim/dicom_image.h"
#include "shim/dicom_plain.h"

#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace radmill;

namespace
{

/* Most headers are of a few thousand bytes; those of some vendors, of a hundred thousand. What is
 * longer still is left to DCMTK. */
const size_t lengths[] = {size_t(1) << 14, size_t(1) << 18, size_t(1) << 22};

class open_file
{
  public:
    explicit open_file(const char *path) : fd_(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK))
    {
    }
    ~open_file()
    {
        if (fd_ >= 0)
            close(fd_);
    }
    open_file(const open_file &) = delete;

    /* Of a regular file; else -1. */
    int64_t size() const
    {
        struct stat info;
        return fd_ >= 0 && fstat(fd_, &info) == 0 && S_ISREG(info.st_mode) ? info.st_size : -1;
    }

    /* The first n bytes. */
    bool read(unsigned char *bytes, size_t n) const
    {
        return pread(fd_, bytes, n, 0) == static_cast<ssize_t>(n);
    }

  private:
    int fd_;
};

bool is_image(const plain_file &file)
{
    const plain_element *sop_class = file.data.find(0x00080016);
    const std::string uid = sop_class ? plain_text(*sop_class) : "";
    return !uid.empty() && uid != DICOM_CLASS_OF_RTSTRUCT && !is_segmentation_class(uid.c_str());
}

bool fill(const plain_file &file, struct dicom_header *h)
{
    text_reader text;
    if (!is_image(file))
        return false;
    h->text[DICOM_TRANSFER_SYNTAX] = copy_text(text.get(file.meta, DCM_TransferSyntaxUID));
    read_texts(file.data, text, h);
    read_image(file.data, text, h);
    h->sample = DICOM_SAMPLE_INT;
    h->pixel_offset = static_cast<int64_t>(file.pixel_offset);
    h->pixel_bytes = file.pixel_bytes;
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
        std::unique_ptr<unsigned char[]> bytes(new unsigned char[n]);
        plain_file file;
        if (n == 0 || !source.read(bytes.get(), n))
            return false;
        const plain_outcome outcome = plain_parse(bytes.get(), n, &file);
        if (outcome == plain_outcome::PLAIN)
            return fill(file, h);
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
