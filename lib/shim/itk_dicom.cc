#include "shim/itk_dicom.h"

#include <gdcmImageReader.h>
#include <gdcmTrace.h>

#include <cstdio>
#include <exception>

namespace
{

bool refuse(char *message, size_t room, const char *text)
{
    std::snprintf(message, room, "%s", text);
    return false;
}

/* Reads pixels of classes that this GDCM does not know as images, label maps among them: as of a
 * segmentation. */
class pixel_reader : public gdcm::ImageReader
{
  public:
    bool Read() override
    {
        gdcm::MediaStorage class_of_file;
        if (!gdcm::Reader::Read())
            return false;
        class_of_file.SetFromFile(*F);
        PixelData->SetTransferSyntax(F->GetHeader().GetDataSetTransferSyntax());
        const bool known = gdcm::MediaStorage::IsImage(class_of_file);
        return ReadImage(known ? class_of_file
                               : gdcm::MediaStorage(gdcm::MediaStorage::SegmentationStorage));
    }
};

bool decode(const char *path, void *data, size_t bytes, char *message, size_t room)
{
    gdcm::Trace::WarningOff();
    gdcm::Trace::ErrorOff();
    pixel_reader reader;
    reader.SetFileName(path);
    if (!reader.Read())
        return refuse(message, room, "the pixels cannot be read");
    const gdcm::Image &image = reader.GetImage();
    if (image.GetBufferLength() != bytes) {
        std::snprintf(message, room, "decodes to %lu bytes, its header says %zu",
                      image.GetBufferLength(), bytes);
        return false;
    }
    if (!image.GetBuffer(static_cast<char *>(data)))
        return refuse(message, room, "the pixels cannot be decoded");
    return true;
}

} // namespace

bool radmill_itk_dicom(const char *path, void *data, size_t bytes, char *message, size_t room)
{
    try {
        return decode(path, data, bytes, message, room);
    } catch (const std::exception &x) {
        return refuse(message, room, x.what());
    } catch (...) {
        return refuse(message, room, "unknown exception");
    }
}
