// Voxel masks of the shapes: DICOM SEG and NIfTI. A voxel is inside when its centre is.
#include "geometry.h"
#include "object.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <nifti2_io.h>

namespace gen
{

static bool slice_touched(const Spec &s, const Roi &roi, int k, bool fractional)
{
    for (int j = 0; j < s.size[1]; j++)
        for (int i = 0; i < s.size[0]; i++)
            if (fractional ? coverage(s, roi, i, j, k) > 0 : inside(roi, local(s, i, j, k)))
                return true;
    return false;
}

// Frames follow one another bit by bit, without padding between them (DICOM PS3.5 8.1.1).
struct Bits {
    std::vector<uint8_t> bytes;
    size_t n = 0;
    void add(bool bit)
    {
        if (n % 8 == 0)
            bytes.push_back(0);
        bytes[n / 8] |= (uint8_t)(bit << n % 8);
        n++;
    }
};

static void put_segment(DcmItem *d, int number, const Roi &roi)
{
    DcmItem *item = append(d, DCM_SegmentSequence);
    item->putAndInsertUint16(DCM_SegmentNumber, number);
    put(item, DCM_SegmentLabel, roi.name);
    put(item, DCM_SegmentAlgorithmType, "MANUAL");
    for (const DcmTagKey &tag :
         {DCM_SegmentedPropertyCategoryCodeSequence, DCM_SegmentedPropertyTypeCodeSequence}) {
        DcmItem *code = append(item, tag);
        put(code, DCM_CodeValue, "85756007");
        put(code, DCM_CodingSchemeDesignator, "SCT");
        put(code, DCM_CodeMeaning, "Tissue");
    }
}

static void put_shared(const Spec &s, const Geometry &g, DcmItem *d)
{
    DcmItem *shared = append(d, DCM_SharedFunctionalGroupsSequence);
    put(append(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient,
        ds({g.row.x, g.row.y, g.row.z, g.col.x, g.col.y, g.col.z}));
    DcmItem *measures = append(shared, DCM_PixelMeasuresSequence);
    put(measures, DCM_SliceThickness, ds(s.spacing[2]));
    put(measures, DCM_SpacingBetweenSlices, ds(s.spacing[2]));
    put(measures, DCM_PixelSpacing, ds({s.spacing[1], s.spacing[0]}));
}

static void put_segment_frame(const Spec &s, const Geometry &g, DcmItem *d, int number, int k)
{
    DcmItem *frame = append(d, DCM_PerFrameFunctionalGroupsSequence);
    DcmItem *content = append(frame, DCM_FrameContentSequence);
    const Uint32 index[2] = {(Uint32)std::max(number, 0), (Uint32)k + 1};
    content->putAndInsertUint32Array(DCM_DimensionIndexValues, index, 2);
    Vec p = slice_position(s, g, k);
    put(append(frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient, ds({p.x, p.y, p.z}));
    if (number >= 0) // a label map's frames are of no segment
        append(frame, DCM_SegmentIdentificationSequence)
            ->putAndInsertUint16(DCM_ReferencedSegmentNumber, number);
    if (!s.reference_images)
        return;
    put_image_reference(
        s, append(append(frame, DCM_DerivationImageSequence), DCM_SourceImageSequence), k);
}

static void put_references(const Spec &s, DcmItem *d)
{
    if (!s.reference_images)
        return;
    DcmItem *series = append(d, DCM_ReferencedSeriesSequence);
    put(series, DCM_SeriesInstanceUID, series_uid(s));
    for (int k = s.enhanced ? -1 : 0; k < (s.enhanced ? 0 : s.size[2]); k++)
        put_image_reference(s, append(series, DCM_ReferencedInstanceSequence), k);
}

static void put_pixel_format(const Spec &s, DcmItem *d, int frames)
{
    const bool fractional = s.segmentation_type == "FRACTIONAL";
    const int bits = s.segmentation_type == "BINARY" ? 1 : 8;
    put(d, DCM_ImageType, "DERIVED\\PRIMARY");
    put(d, DCM_InstanceNumber, "1");
    put(d, DCM_ContentLabel, "MADE");
    put(d, DCM_SegmentationType, s.segmentation_type);
    if (fractional) {
        put(d, DCM_SegmentationFractionalType, "OCCUPANCY");
        d->putAndInsertUint16(DCM_MaximumFractionalValue, 255);
    }
    put(d, DCM_NumberOfFrames, std::to_string(frames));
    d->putAndInsertUint16(DCM_SamplesPerPixel, 1);
    put(d, DCM_PhotometricInterpretation, "MONOCHROME2");
    d->putAndInsertUint16(DCM_Rows, s.size[1]);
    d->putAndInsertUint16(DCM_Columns, s.size[0]);
    d->putAndInsertUint16(DCM_BitsAllocated, bits);
    d->putAndInsertUint16(DCM_BitsStored, bits);
    d->putAndInsertUint16(DCM_HighBit, bits - 1);
    d->putAndInsertUint16(DCM_PixelRepresentation, 0);
    put(d, DCM_LossyImageCompression, "00");
}

// Frames of each segment behind one another.
static int put_frames_of_segments(const Spec &s, const Geometry &g, DcmItem *d,
                                  std::vector<uint8_t> &bytes)
{
    const bool fractional = s.segmentation_type == "FRACTIONAL";
    Bits bits;
    int number = 0, frames = 0;
    for (const Roi &roi : s.rois) {
        number = roi.number ? roi.number : number + 1;
        if (!roi.orphan)
            put_segment(d, number, roi);
        for (int n = 0; n < s.size[2] && !roi.empty; n += roi.every) {
            int k = roi.reversed ? s.size[2] - 1 - n : n;
            if (!slice_touched(s, roi, k, fractional))
                continue;
            put_segment_frame(s, g, d, number, k);
            frames++;
            for (int j = 0; j < s.size[1]; j++)
                for (int i = 0; i < s.size[0]; i++)
                    if (fractional)
                        bytes.push_back((uint8_t)std::lround(255 * coverage(s, roi, i, j, k)));
                    else
                        bits.add(inside(roi, local(s, i, j, k)));
        }
    }
    if (!fractional)
        bytes = bits.bytes;
    return frames;
}

// One frame a slice; every pixel is the number of its segment.
static int put_label_frames(const Spec &s, const Geometry &g, DcmItem *d,
                            std::vector<uint8_t> &bytes)
{
    Roi background;
    background.name = "Background";
    put_segment(d, 0, background);
    std::vector<int> numbers;
    for (const Roi &roi : s.rois) {
        numbers.push_back(roi.number ? roi.number : numbers.empty() ? 1 : numbers.back() + 1);
        if (!roi.orphan)
            put_segment(d, numbers.back(), roi);
    }
    for (int k = 0; k < s.size[2]; k++) {
        put_segment_frame(s, g, d, -1, k);
        for (int j = 0; j < s.size[1]; j++)
            for (int i = 0; i < s.size[0]; i++) {
                int label = 0;
                for (size_t r = 0; r < s.rois.size(); r++)
                    if (!s.rois[r].empty && inside(s.rois[r], local(s, i, j, k)))
                        label = numbers[r];
                bytes.push_back((uint8_t)label);
            }
    }
    return s.size[2];
}

void write_segmentation(const Spec &s)
{
    Geometry g = geometry(s);
    const bool labels = s.segmentation_type == "LABELMAP";
    DcmFileFormat file;
    DcmDataset *d = file.getDataset();
    std::string words = "seg/" + series_uid(s) + "/" + s.segmentation_type;
    put_header(s, d, "SEG", labels ? "1.2.840.10008.5.1.4.1.1.66.7" : UID_SegmentationStorage,
               uid(words), uid("series/" + words));
    put_references(s, d);
    put_shared(s, g, d);
    std::vector<uint8_t> bytes;
    const int frames =
        labels ? put_label_frames(s, g, d, bytes) : put_frames_of_segments(s, g, d, bytes);
    put_pixel_format(s, d, frames);
    if (bytes.size() % 2)
        bytes.push_back(0);
    d->putAndInsertUint8Array(DCM_PixelData, bytes.data(), bytes.size());
    file.getMetaInfo()->putAndInsertString(DCM_MediaStorageSOPClassUID, UID_SegmentationStorage);
    apply_sets(s, d, "seg");
    make_directories(s.segmentation.substr(0, s.segmentation.rfind('/') + 1));
    const bool compressed = s.syntax == "rle" || s.syntax.rfind("jpeg", 0) == 0;
    const bool single_bits = s.segmentation_type == "BINARY"; // which no codec takes
    const bool instead = (compressed && single_bits) || s.syntax == "ge";
    save(s, file, s.segmentation, instead ? "explicit" : s.syntax, "seg");
}

static void set_affine(const Spec &s, const Geometry &g, nifti_image *n)
{
    const Vec axis[3] = {g.row, g.col, g.step};
    nifti_dmat44 m = {};
    for (int c = 0; c < 3; c++) { // LPS to RAS: x and y change sign
        m.m[0][c] = -axis[c].x * s.spacing[c];
        m.m[1][c] = -axis[c].y * s.spacing[c];
        m.m[2][c] = axis[c].z * s.spacing[c];
    }
    m.m[0][3] = -g.first.x;
    m.m[1][3] = -g.first.y;
    m.m[2][3] = g.first.z;
    m.m[3][3] = 1;
    n->sto_xyz = m;
    n->qto_xyz = m;
    n->sform_code = n->qform_code = NIFTI_XFORM_SCANNER_ANAT;
    nifti_dmat44_to_quatern(m, &n->quatern_b, &n->quatern_c, &n->quatern_d, &n->qoffset_x,
                            &n->qoffset_y, &n->qoffset_z, nullptr, nullptr, nullptr, &n->qfac);
    n->xyz_units = NIFTI_UNITS_MM;
}

void write_masks(const Spec &s)
{
    make_directories(s.masks);
    Geometry g = geometry(s);
    for (const Roi &roi : s.rois) {
        const int64_t dims[8] = {3, s.size[0], s.size[1], s.size[2], 1, 1, 1, 1};
        nifti_image *n = nifti_make_new_nim(dims, DT_UINT8, 1);
        n->dx = n->pixdim[1] = s.spacing[0];
        n->dy = n->pixdim[2] = s.spacing[1];
        n->dz = n->pixdim[3] = s.spacing[2];
        set_affine(s, g, n);
        uint8_t *out = static_cast<uint8_t *>(n->data);
        for (int k = 0; k < s.size[2] && !roi.empty; k++)
            for (int j = 0; j < s.size[1]; j++)
                for (int i = 0; i < s.size[0]; i++)
                    out[i + (size_t)s.size[0] * (j + (size_t)s.size[1] * k)] =
                        inside(roi, local(s, i, j, k));
        std::string path = s.masks + "/" + roi.name + ".nii.gz";
        if (nifti_set_filenames(n, path.c_str(), 0, 1) != 0)
            fail(1, "cannot name " + path);
        nifti_image_write(n);
        nifti_image_free(n);
    }
}

} // namespace gen
