// ITK as a second judge of masks and margins, and as a clock (bench/dicom.py):
//
//   itk masks xor|union RS.dcm REFERENCE.nii DIR    itk::PolygonSpatialObject, contours of one
//                                                   slice combined so; DIR/<number>.nii
//   itk margin MASK.nii MM OUT.nii                  itk::SignedMaurerDistanceMap and a threshold
//
// Contours are read by the project's own reader: what is compared is what they enclose.
extern "C" {
#include "io/nii.h"
#include "shim/dicom_rtstruct.h"
}

#include <itkImage.h>
#include <itkImportImageFilter.h>
#include <itkPolygonSpatialObject.h>
#include <itkSignedMaurerDistanceMapImageFilter.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace
{

[[noreturn]] void fail(const std::string &why)
{
    std::fprintf(stderr, "itk: %s\n", why.c_str());
    std::exit(1);
}

using polygon = itk::PolygonSpatialObject<2>;

// The slice of a contour, and its points in pixels.
int64_t to_polygon(const struct contour &c, const struct grid &g, polygon &out)
{
    polygon::PolygonPointListType points;
    double middle = 0;
    for (size_t p = 0; p < c.points; p++) {
        double index[3];
        if (!grid_to_index(&g, c.point_mm + 3 * p, index))
            fail("a singular grid");
        polygon::PolygonPointType point;
        polygon::PointType at;
        at[0] = index[0], at[1] = index[1];
        point.SetPositionInObjectSpace(at);
        points.push_back(point);
        middle += index[2];
    }
    out.SetPoints(points);
    out.SetIsClosed(true);
    out.Update();
    return static_cast<int64_t>(std::lround(middle / static_cast<double>(c.points)));
}

void fill(const struct contour &c, const struct grid &g, bool exclusive, uint8_t *mask)
{
    if (c.points < 3)
        return;
    auto object = polygon::New();
    int64_t k = to_polygon(c, g, *object);
    if (k < 0 || k >= g.size[2])
        return;
    auto box = object->GetMyBoundingBoxInWorldSpace();
    polygon::PointType at;
    for (int64_t j = 0; j < g.size[1]; j++) {
        if (j < box->GetMinimum()[1] || j > box->GetMaximum()[1])
            continue;
        for (int64_t i = 0; i < g.size[0]; i++) {
            if (i < box->GetMinimum()[0] || i > box->GetMaximum()[0])
                continue;
            at[0] = static_cast<double>(i), at[1] = static_cast<double>(j);
            uint8_t &voxel = mask[i + g.size[0] * (j + g.size[1] * k)];
            if (object->IsInsideInObjectSpace(at))
                voxel = exclusive ? !voxel : 1;
        }
    }
}

int masks(char **argv)
{
    struct rtstruct set;
    struct grid g;
    struct volume v;
    struct err e = {};
    bool exclusive = std::strcmp(argv[0], "xor") == 0;
    if (!rtstruct_read(argv[1], true, &set, &e) || !nii_exact_grid(argv[2], &g, &e) ||
        !volume_alloc(&v, &g, PIXEL_U8, &e))
        fail(e.text);
    uint8_t *mask = static_cast<uint8_t *>(v.data);
    for (size_t r = 0; r < set.rois; r++) {
        std::memset(mask, 0, static_cast<size_t>(grid_voxels(&g)));
        for (size_t c = 0; c < set.roi[r].contours; c++)
            fill(set.roi[r].contour[c], g, exclusive, mask);
        std::string path = std::string(argv[3]) + "/" + std::to_string(set.roi[r].number) + ".nii";
        if (!nii_write(path.c_str(), &v, false, &e))
            fail(e.text);
    }
    return 0;
}

int margin(char **argv)
{
    using mask = itk::Image<uint8_t, 3>;
    using distance = itk::Image<float, 3>;
    struct volume v;
    struct err e = {};
    if (!nii_read(argv[0], &v, &e))
        fail(e.text);
    mask::SizeType size;
    double spacing[3];
    for (unsigned a = 0; a < 3; a++) {
        size[a] = static_cast<itk::SizeValueType>(v.grid.size[a]);
        spacing[a] = v.grid.spacing_mm[a];
    }
    auto import = itk::ImportImageFilter<uint8_t, 3>::New();
    import->SetRegion(mask::RegionType(size));
    import->SetSpacing(spacing);
    size_t n = static_cast<size_t>(grid_voxels(&v.grid));
    import->SetImportPointer(static_cast<uint8_t *>(v.data), n, false);
    auto map = itk::SignedMaurerDistanceMapImageFilter<mask, distance>::New();
    map->SetInput(import->GetOutput());
    map->SetSquaredDistance(true);
    map->SetUseImageSpacing(true);
    map->SetInsideIsPositive(false);
    map->SetNumberOfWorkUnits(1);
    map->Update();
    const float *squared = map->GetOutput()->GetBufferPointer();
    double mm = std::atof(argv[1]);
    uint8_t *out = static_cast<uint8_t *>(v.data);
    for (size_t i = 0; i < n; i++)
        out[i] = squared[i] <= mm * mm * (1 + 1e-6);
    if (!nii_write(argv[2], &v, false, &e))
        fail(e.text);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 6 && std::strcmp(argv[1], "masks") == 0)
        return masks(argv + 2);
    if (argc == 5 && std::strcmp(argv[1], "margin") == 0)
        return margin(argv + 2);
    std::fputs("usage: itk masks xor|union RS.dcm REFERENCE.nii DIR\n"
               "       itk margin MASK.nii MM OUT.nii\n",
               stderr);
    return 2;
}
