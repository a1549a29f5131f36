#include "shim/dicom_stream.h"

#include <cerrno>

namespace radmill
{

namespace
{

/* A code from the range that DCMTK reserves for applications. */
const unsigned short too_deep_code = 1024;

OFCondition too_deep()
{
    return makeOFCondition(OFM_dcmdata, too_deep_code, OF_error, "sequences nested too deeply");
}

thread_local int trouble;

/* For elements that stay in the file until they are asked for. */
class bounded_factory : public DcmInputFileStreamFactory
{
  public:
    using DcmInputFileStreamFactory::DcmInputFileStreamFactory;
    DcmInputStream *create() const override
    {
        return new bounded_stream(getFilename().getCharPointer(), getOffset());
    }
    DcmInputStreamFactory *clone() const override
    {
        return new bounded_factory(getFilename(), getOffset());
    }
};

} // namespace

int take_stream_trouble()
{
    const int now = trouble;
    trouble = 0;
    return now;
}

bounded_stream::bounded_stream(const char *path, offile_off_t from) : DcmInputFileStream(path, from)
{
    if (DcmInputFileStream::status().bad() && errno != ENOENT && errno != EACCES)
        trouble = errno ? errno : EIO;
}

DcmInputStreamFactory *bounded_stream::newFactory() const
{
    std::unique_ptr<DcmInputStreamFactory> plain(DcmInputFileStream::newFactory());
    const auto *file = dynamic_cast<const DcmInputFileStreamFactory *>(plain.get());
    return file ? new bounded_factory(file->getFilename(), file->getOffset()) : nullptr;
}

bool bounded_stream::watch()
{
    spent_ = spent_ || stack_is_spent();
    return !spent_;
}

OFBool bounded_stream::good() const
{
    return !spent_ && DcmInputFileStream::good();
}

OFCondition bounded_stream::status() const
{
    return spent_ ? too_deep() : DcmInputFileStream::status();
}

offile_off_t bounded_stream::avail()
{
    return watch() ? DcmInputFileStream::avail() : 0;
}

offile_off_t bounded_stream::read(void *buffer, offile_off_t bytes)
{
    if (!watch())
        return 0;
    const offile_off_t there = DcmInputFileStream::avail();
    const offile_off_t got = DcmInputFileStream::read(buffer, bytes);
    if (got < bytes && got < there)
        trouble = errno ? errno : EIO;
    return got;
}

OFCondition bounded_stream::outcome(const OFCondition &read) const
{
    return spent_ ? too_deep() : read;
}

OFCondition load_stream(DcmFileFormat &format, bounded_stream &stream, Uint32 longest,
                        const DcmTagKey &stop)
{
    if (stream.status().bad())
        return stream.status();
    format.setReadMode(ERM_autoDetect);
    format.transferInit();
    OFCondition read = format.readUntilTag(stream, EXS_Unknown, EGL_noChange, longest, stop);
    format.transferEnd();
    return stream.outcome(read);
}

OFCondition load_file(DcmFileFormat &format, const char *path, Uint32 longest,
                      const DcmTagKey &stop)
{
    bounded_stream stream(path);
    return load_stream(format, stream, longest, stop);
}

} // namespace radmill
