/* The grid of a single DICOM file as ITK 5.4 gives it. The GDCM of ITK 5.2 ignores the plane of a
 * Secondary Capture, and Spacing Between Slices except for MR and NM. */
#include "shim/itk_private.h"

#include <gdcmImageHelper.h>
#include <gdcmMediaStorage.h>
#include <gdcmReader.h>

#include <cstdlib>
#include <string>

namespace
{

const gdcm::Tag pixel_spacing(0x0028, 0x0030), slices_apart(0x0018, 0x0088),
    sop_class(0x0008, 0x0016), media_class(0x0002, 0x0002), pixel_data(0x7fe0, 0x0010);

/* The text of an element without blanks at its end; "" when it is not there or empty. */
std::string text_of(const gdcm::DataSet &set, const gdcm::Tag &tag)
{
    if (!set.FindDataElement(tag) || set.GetDataElement(tag).IsEmpty() ||
        !set.GetDataElement(tag).GetByteValue())
        return "";
    const gdcm::ByteValue *value = set.GetDataElement(tag).GetByteValue();
    std::string text(value->GetPointer(), value->GetLength());
    text.erase(text.find_last_not_of(std::string(" \0", 2)) + 1);
    return text;
}

/* Classes whose Spacing Between Slices is the spacing of their slices. */
bool has_slices_apart(gdcm::MediaStorage::MSType kind)
{
    switch (kind) {
    case gdcm::MediaStorage::CTImageStorage:
    case gdcm::MediaStorage::PETImageStorage:
    case gdcm::MediaStorage::RTImageStorage:
    case gdcm::MediaStorage::ComputedRadiographyImageStorage:
    case gdcm::MediaStorage::DigitalXRayImageStorageForPresentation:
    case gdcm::MediaStorage::DigitalXRayImageStorageForProcessing:
    case gdcm::MediaStorage::DigitalMammographyImageStorageForPresentation:
    case gdcm::MediaStorage::DigitalMammographyImageStorageForProcessing:
    case gdcm::MediaStorage::DigitalIntraoralXrayImageStorageForPresentation:
    case gdcm::MediaStorage::DigitalIntraoralXRayImageStorageForProcessing:
    case gdcm::MediaStorage::XRayAngiographicImageStorage:
    case gdcm::MediaStorage::XRayRadiofluoroscopingImageStorage:
    case gdcm::MediaStorage::XRayAngiographicBiPlaneImageStorageRetired:
    case gdcm::MediaStorage::SecondaryCaptureImageStorage:
        return true;
    default:
        return false;
    }
}

void set_class(gdcm::DataSet &set, const gdcm::Tag &tag, std::string uid)
{
    uid.resize((uid.size() + 1) / 2 * 2, '\0');
    gdcm::DataElement element(tag);
    element.SetVR(gdcm::VR::UI);
    element.SetByteValue(uid.data(), static_cast<uint32_t>(uid.size()));
    set.Replace(element);
}

/* A Secondary Capture with a plane is placed as a CT is. */
void place_as_ct(gdcm::File &file, struct grid *g)
{
    const char *ct = gdcm::MediaStorage::GetMSString(gdcm::MediaStorage::CTImageStorage);
    set_class(file.GetHeader(), media_class, ct);
    set_class(file.GetDataSet(), sop_class, ct);
    const std::vector<double> origin = gdcm::ImageHelper::GetOriginValue(file);
    const std::vector<double> cosines = gdcm::ImageHelper::GetDirectionCosinesValue(file);
    const std::vector<double> spacing = gdcm::ImageHelper::GetSpacingValue(file);
    if (origin.size() < 3 || cosines.size() < 6 || spacing.size() < 2)
        return;
    for (int i = 0; i < 3; i++) {
        const int j = (i + 1) % 3, k = (i + 2) % 3;
        g->origin_mm[i] = origin[i];
        g->direction[3 * i] = cosines[i];
        g->direction[3 * i + 1] = cosines[3 + i];
        g->direction[3 * i + 2] = cosines[j] * cosines[3 + k] - cosines[k] * cosines[3 + j];
    }
    if (!text_of(file.GetDataSet(), pixel_spacing).empty()) { /* else its nominal one stays */
        g->spacing_mm[0] = spacing[0];
        g->spacing_mm[1] = spacing[1];
    }
}

} // namespace

void radmill_itk_place(const char *path, struct grid *g)
{
    gdcm::Reader reader;
    reader.SetFileName(path);
    if (g->dims != 3 || !reader.ReadUpToTag(pixel_data))
        return;
    gdcm::MediaStorage kind;
    kind.SetFromFile(reader.GetFile());
    if (!has_slices_apart(kind))
        return;
    const std::string apart = text_of(reader.GetFile().GetDataSet(), slices_apart);
    if (kind == gdcm::MediaStorage::SecondaryCaptureImageStorage)
        place_as_ct(reader.GetFile(), g);
    if (!apart.empty())
        g->spacing_mm[2] = std::strtod(apart.c_str(), nullptr);
}
