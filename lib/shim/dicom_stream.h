/* C++ only: passes files to DCMTK, for all shims. DCMTK reads nested sequences by recursion, and
 * the file decides how deeply; nesting that does not fit the stack becomes an error here instead of
 * a crash. */
#ifndef RADMILL_SHIM_DICOM_STREAM_H
#define RADMILL_SHIM_DICOM_STREAM_H

#include "shim/dicom_item.h"

#include <dcmtk/dcmdata/dcistrmf.h>

namespace radmill
{

/* A file that ends with an error where the reader's recursion has used up its part of the stack. */
class bounded_stream : public DcmInputFileStream
{
  public:
    explicit bounded_stream(const char *path, offile_off_t from = 0);
    OFBool good() const override;
    OFCondition status() const override;
    offile_off_t avail() override;
    offile_off_t read(void *buffer, offile_off_t bytes) override;
    DcmInputStreamFactory *newFactory() const override;

    /* The result of reading; for a file that is nested too deeply, an error that says so. */
    OFCondition outcome(const OFCondition &read) const;

  private:
    bool watch(); /* true while there is stack to go on with */
    bool spent_ = false;
};

/* Reads a file up to the element `stop` (all of it, without one). Elements longer than `longest`
 * bytes stay in the file until they are asked for. */
OFCondition load_file(DcmFileFormat &format, const char *path, Uint32 longest,
                      const DcmTagKey &stop = DCM_UndefinedTagKey);

/* The same, of a stream whose position matters. */
OFCondition load_stream(DcmFileFormat &format, bounded_stream &stream, Uint32 longest,
                        const DcmTagKey &stop);

} // namespace radmill

#endif
