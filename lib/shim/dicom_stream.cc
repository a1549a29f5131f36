#include "shim/dicom_stream.h"

namespace radmill
{

namespace
{

/* A code of the range that DCMTK leaves to others. */
const unsigned short too_deep_code = 1024;

OFCondition too_deep()
{
    return makeOFCondition(OFM_dcmdata, too_deep_code, OF_error, "sequences nested too deeply");
}

} // namespace

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
    return watch() ? DcmInputFileStream::read(buffer, bytes) : 0;
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
