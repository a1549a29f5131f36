/* DICOM folders. */
#include "shim/itk_private.h"

#include <itkGDCMImageIO.h>
#include <itkGDCMSeriesFileNames.h>
#include <itkImage.h>
#include <itkImageSeriesReader.h>
#include <itkMetaDataObject.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>

using itk::IOComponentEnum;

enum pixel_type radmill_itk_pixel_type(IOComponentEnum component, size_t bytes)
{
    switch (component) {
    case IOComponentEnum::FLOAT:
        return PIXEL_F32;
    case IOComponentEnum::DOUBLE:
        return PIXEL_F64;
    case IOComponentEnum::UCHAR:
    case IOComponentEnum::USHORT:
    case IOComponentEnum::UINT:
    case IOComponentEnum::ULONG:
    case IOComponentEnum::ULONGLONG:
        return bytes == 1 ? PIXEL_U8 : bytes == 2 ? PIXEL_U16 : bytes == 4 ? PIXEL_U32 : PIXEL_U64;
    case IOComponentEnum::CHAR:
    case IOComponentEnum::SHORT:
    case IOComponentEnum::INT:
    case IOComponentEnum::LONG:
    case IOComponentEnum::LONGLONG:
        return bytes == 1 ? PIXEL_I8 : bytes == 2 ? PIXEL_I16 : bytes == 4 ? PIXEL_I32 : PIXEL_I64;
    default:
        throw std::runtime_error("its pixel type is no number");
    }
}

namespace
{

/* Refuses a series whose slices do not lie where an even grid has them: one is missing, or the
 * gantry was tilted. ITK would stack them regardless. The tolerance for a slice's position is that
 * of dcm2nii-course. */
void check_slices(const struct grid &g, const std::vector<itk::MetaDataDictionary *> &slices)
{
    const double allowed_mm = std::max(0.01 * g.spacing_mm[2], 0.01);
    for (size_t k = 0; k < slices.size(); k++) {
        std::string text;
        double at[3], square = 0;
        if (!itk::ExposeMetaData<std::string>(*slices[k], "0020|0032", text) ||
            std::sscanf(text.c_str(), "%lf\\%lf\\%lf", &at[0], &at[1], &at[2]) != 3)
            continue;
        for (int r = 0; r < 3; r++) {
            const double step = static_cast<double>(k) * g.spacing_mm[2] * g.direction[3 * r + 2];
            const double off = at[r] - g.origin_mm[r] - step;
            square += off * off;
        }
        if (std::sqrt(square) > allowed_mm)
            throw std::runtime_error("slice " + std::to_string(k + 1) + " of " +
                                     std::to_string(slices.size()) + " lies " +
                                     std::to_string(std::sqrt(square)) +
                                     " mm off its place: one is missing, or the gantry was tilted "
                                     "(dcm2nii-course says which)");
    }
}

/* Refuses a series of which some slices have a rescale and others have none: ITK would take the
 * stored values of these as they are, on another scale than the rest. */
void check_rescale(const std::vector<itk::MetaDataDictionary *> &slices)
{
    size_t with = 0, without = 0;
    for (size_t k = 0; k < slices.size(); k++)
        if (slices[k]->HasKey("0028|1052") && slices[k]->HasKey("0028|1053"))
            with++;
        else
            without = k + 1;
    if (with > 0 && without > 0)
        throw std::runtime_error("RescaleSlope or RescaleIntercept is missing in slice " +
                                 std::to_string(without) + ", and " + std::to_string(with) +
                                 " of " + std::to_string(slices.size()) + " have both");
}

/* A DICOM series; T is the type of its first slice. */
template <typename T> class series : public itk_volume
{
  public:
    series(const std::vector<std::string> &names, struct volume *out)
        : reader(itk::ImageSeriesReader<itk::Image<T, 3>>::New())
    {
        reader->SetImageIO(itk::GDCMImageIO::New());
        reader->SetFileNames(names);
        reader->Update();
        const auto *image = reader->GetOutput();
        for (unsigned c = 0; c < 3; c++) {
            out->grid.size[c] =
                static_cast<int64_t>(image->GetLargestPossibleRegion().GetSize()[c]);
            out->grid.spacing_mm[c] = image->GetSpacing()[c];
            out->grid.origin_mm[c] = image->GetOrigin()[c];
            for (unsigned r = 0; r < 3; r++)
                out->grid.direction[3 * r + c] = image->GetDirection()[r][c];
        }
        out->grid.dims = 3;
        out->channels = 1;
        check_slices(out->grid, *reader->GetMetaDataDictionaryArray());
        check_rescale(*reader->GetMetaDataDictionaryArray());
    }

    void read(void *data, size_t bytes) override
    {
        std::memcpy(data, reader->GetOutput()->GetBufferPointer(), bytes);
    }

  private:
    typename itk::ImageSeriesReader<itk::Image<T, 3>>::Pointer reader;
};

std::vector<std::string> series_files(const char *folder)
{
    auto names = itk::GDCMSeriesFileNames::New();
    names->SetUseSeriesDetails(false);
    names->SetDirectory(folder);
    const auto &ids = names->GetSeriesUIDs();
    if (ids.empty())
        throw std::runtime_error("the folder holds no DICOM series");
    if (ids.size() > 1)
        throw std::runtime_error("the folder holds " + std::to_string(ids.size()) +
                                 " DICOM series, not one");
    return names->GetFileNames(ids.front());
}

} // namespace

std::unique_ptr<itk_volume> radmill_itk_series(const char *folder, struct volume *out)
{
    const std::vector<std::string> files = series_files(folder);
    auto first = itk::GDCMImageIO::New();
    first->SetFileName(files.front());
    first->ReadImageInformation();
    if (first->GetNumberOfComponents() != 1)
        throw std::runtime_error("its pixels have several components");
    out->type = radmill_itk_pixel_type(first->GetComponentType(), first->GetComponentSize());
    switch (out->type) {
    case PIXEL_U8:
        return std::make_unique<series<uint8_t>>(files, out);
    case PIXEL_I8:
        return std::make_unique<series<int8_t>>(files, out);
    case PIXEL_U16:
        return std::make_unique<series<uint16_t>>(files, out);
    case PIXEL_I16:
        return std::make_unique<series<int16_t>>(files, out);
    case PIXEL_U32:
        return std::make_unique<series<uint32_t>>(files, out);
    case PIXEL_I32:
        return std::make_unique<series<int32_t>>(files, out);
    case PIXEL_F32:
        return std::make_unique<series<float>>(files, out);
    case PIXEL_F64:
        return std::make_unique<series<double>>(files, out);
    default:
        throw std::runtime_error("64-bit integers in a DICOM series");
    }
}
