/* C++ only: the bytes that shim/dicom_plain.h parses. */
#ifndef RADMILL_SHIM_DICOM_PLAIN_OPEN_H
#define RADMILL_SHIM_DICOM_PLAIN_OPEN_H

#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace radmill
{

/* Headers of most images are shorter. */
const size_t first_bytes = size_t(1) << 14;

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

    /* The number of all bytes; 0: there are none, or more than are read at once. */
    size_t whole() const
    {
        const int64_t bytes = size(), most = int64_t(1) << 30;
        return bytes > 0 && bytes <= most ? static_cast<size_t>(bytes) : 0;
    }

    /* The first n bytes; null: they are not there. */
    std::unique_ptr<unsigned char[]> read(size_t n) const
    {
        std::unique_ptr<unsigned char[]> bytes(new unsigned char[n]);
        if (n == 0 || pread(fd_, bytes.get(), n, 0) != static_cast<ssize_t>(n))
            bytes.reset();
        return bytes;
    }

  private:
    int fd_;
};

} // namespace radmill

#endif
