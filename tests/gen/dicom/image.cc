// Image series: one file per slice, or one enhanced multi-frame file.
#include "geometry.h"
#include "object.h"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace gen
{

struct Layout {
    int bits, is_signed, is_float;
};

static Layout layout(const std::string &pixel)
{
    static const struct {
        const char *name;
        Layout layout;
    } table[] = {{"int8", {8, 1, 0}},    {"uint8", {8, 0, 0}},  {"int16", {16, 1, 0}},
                 {"uint16", {16, 0, 0}}, {"int32", {32, 1, 0}}, {"uint32", {32, 0, 0}},
                 {"float", {32, 0, 1}},  {"double", {64, 0, 1}}};
    for (const auto &t : table)
        if (pixel == t.name)
            return t.layout;
    fail(2, "unknown pixel type " + pixel);
}

static double intercept(const Spec &s)
{
    bool shifted = s.modality == "CT" && (s.pixel == "uint16" || s.pixel == "uint32");
    return s.has_intercept ? s.intercept : shifted ? -1024 : 0;
}

static double slope(const Spec &s, int k)
{
    return s.slope * (1 + s.slope_step * k);
}

// Stored value: nearest, inside the range of the bits that are stored.
static int64_t stored(double value, int bits, bool is_signed)
{
    double lo = is_signed ? -std::ldexp(1, bits - 1) : 0;
    double hi = is_signed ? std::ldexp(1, bits - 1) - 1 : std::ldexp(1, bits) - 1;
    return (int64_t)std::fmin(hi, std::fmax(lo, std::floor(value + 0.5)));
}

static void append_pixels(const Spec &s, int k, std::vector<uint8_t> &raw, double added = 0)
{
    Layout l = layout(s.pixel);
    int bits = s.bits_stored ? s.bits_stored : l.bits;
    for (int j = 0; j < s.size[1]; j++)
        for (int i = 0; i < s.size[0]; i++) {
            double v = value_at(s, i, j, k) + added;
            unsigned char bytes[8];
            if (l.is_float && l.bits == 32) {
                float f = (float)v;
                std::memcpy(bytes, &f, 4);
            } else if (l.is_float) {
                std::memcpy(bytes, &v, 8);
            } else {
                uint64_t word =
                    (uint64_t)stored((v - intercept(s)) / slope(s, k), bits, l.is_signed);
                if (bits < l.bits)
                    word &= (1ull << bits) - 1;
                std::memcpy(bytes, &word, 8); // little-endian hosts only
            }
            raw.insert(raw.end(), bytes, bytes + l.bits / 8);
        }
}

static void put_pixels(const Spec &s, DcmItem *d, std::vector<uint8_t> &raw)
{
    Layout l = layout(s.pixel);
    int bits = s.bits_stored ? s.bits_stored : l.bits;
    d->putAndInsertUint16(DCM_SamplesPerPixel, 1);
    put(d, DCM_PhotometricInterpretation, "MONOCHROME2");
    d->putAndInsertUint16(DCM_Rows, s.size[1]);
    d->putAndInsertUint16(DCM_Columns, s.size[0]);
    d->putAndInsertUint16(DCM_BitsAllocated, l.bits);
    if (l.is_float && l.bits == 32) {
        d->putAndInsertFloat32Array(DCM_FloatPixelData, (const Float32 *)raw.data(),
                                    raw.size() / 4);
        return;
    }
    if (l.is_float) {
        d->putAndInsertFloat64Array(DCM_DoubleFloatPixelData, (const Float64 *)raw.data(),
                                    raw.size() / 8);
        return;
    }
    d->putAndInsertUint16(DCM_BitsStored, bits);
    d->putAndInsertUint16(DCM_HighBit, bits - 1);
    d->putAndInsertUint16(DCM_PixelRepresentation, l.is_signed);
    if (l.bits == 8) {
        if (raw.size() % 2)
            raw.push_back(0);
        d->putAndInsertUint8Array(DCM_PixelData, raw.data(), raw.size());
    } else {
        d->putAndInsertUint16Array(DCM_PixelData, (const Uint16 *)raw.data(), raw.size() / 2);
    }
}

// Tags that turn Bq/ml into SUV.
static void put_pet(const Spec &s, DcmItem *d)
{
    put(d, DCM_Units, s.units);
    put(d, DCM_DecayCorrection, s.decay);
    put(d, DCM_CorrectedImage, s.decay == "NONE" ? "ATTN\\SCAT" : "ATTN\\SCAT\\DECY");
    put(d, DCM_SeriesType, "STATIC\\IMAGE");
    put(d, DCM_FrameReferenceTime, "0");
    put(d, DCM_ActualFrameDuration, "120000");
    DcmItem *r = append(d, DCM_RadiopharmaceuticalInformationSequence);
    put(r, DCM_Radiopharmaceutical, "FDG");
    put(r, DCM_RadiopharmaceuticalStartTime, "091500");
    put(r, DCM_RadiopharmaceuticalStartDateTime, s.date + "091500");
    put(r, DCM_RadionuclideTotalDose, "350000000");
    put(r, DCM_RadionuclideHalfLife, "6586.2");
}

// The same in an enhanced image, by its own attributes; scanned one half-life after the injection.
static void put_enhanced_pet(const Spec &s, DcmItem *d, DcmItem *shared)
{
    DcmItem *r = append(d, DCM_RadiopharmaceuticalInformationSequence);
    put(r, DCM_RadiopharmaceuticalStartDateTime, s.date + "091500");
    put(r, DCM_RadionuclideTotalDose, "350"); // MBq
    put(r, DCM_RadionuclideHalfLife, "6586.2");
    put(d, DCM_DecayCorrected, s.decay == "NONE" ? "NO" : "YES");
    put(d, DCM_DecayCorrectionDateTime, s.date + "110446.2");
    DcmItem *mapping = append(shared, DCM_RealWorldValueMappingSequence);
    mapping->putAndInsertFloat64(DCM_RealWorldValueIntercept, intercept(s));
    mapping->putAndInsertFloat64(DCM_RealWorldValueSlope, slope(s, 0));
    put(append(mapping, DCM_MeasurementUnitsCodeSequence), DCM_CodeValue, "Bq/ml");
}

static std::vector<double> orientation(const Geometry &g)
{
    return {g.row.x, g.row.y, g.row.z, g.col.x, g.col.y, g.col.z};
}

// The numbers with `decimals` places, or with all they need.
static std::string written(const std::vector<double> &v, int decimals)
{
    if (decimals < 0)
        return ds(v);
    std::string out;
    for (size_t i = 0; i < v.size(); i++) {
        char text[32];
        std::snprintf(text, sizeof text, "%.*f", decimals, v[i]);
        out += (i ? "\\" : "") + std::string(text);
    }
    return out;
}

static void put_slice(const Spec &s, const Geometry &g, DcmItem *d, int k)
{
    bool localizer = s.fault("localizer") && k < 0;
    Vec p = slice_position(s, g, k);
    put(d, DCM_ImageType, localizer ? "ORIGINAL\\PRIMARY\\LOCALIZER" : "ORIGINAL\\PRIMARY\\AXIAL");
    put(d, DCM_InstanceNumber, std::to_string(k + 1));
    put(d, DCM_PatientPosition, s.position);
    put(d, DCM_ImagePositionPatient, written({p.x, p.y, p.z}, s.round_positions));
    put(d, DCM_ImageOrientationPatient, written(orientation(g), s.round_cosines));
    put(d, DCM_PixelSpacing, ds({s.spacing[1], s.spacing[0]}));
    put(d, DCM_SliceThickness, ds(s.spacing[2]));
    put(d, DCM_SliceLocation, ds(k * s.spacing[2]));
    auto tilt = s.faults.find("tilt");
    if (tilt != s.faults.end())
        put(d, DCM_GantryDetectorTilt, tilt->second);
    if (s.modality == "CT" || s.modality == "PT" || s.slope != 1 || s.slope_step != 0) {
        put(d, DCM_RescaleIntercept, ds(intercept(s)));
        put(d, DCM_RescaleSlope, ds(slope(s, k < 0 ? 0 : k)));
        if (s.modality == "CT")
            put(d, DCM_RescaleType, "HU");
    }
    if (s.modality == "PT")
        put_pet(s, d);
    if (s.modality == "CT")
        put(d, DCM_KVP, "120");
    if (s.modality == "MR") {
        put(d, DCM_ScanningSequence, "GR");
        put(d, DCM_SequenceVariant, "NONE");
        put(d, DCM_EchoTime, "3");
        put(d, DCM_RepetitionTime, "8");
    }
}

// One argument of a fault per slice: "--fault missing=3 --fault missing=4".
static bool hits(const Spec &s, const char *fault, int k, std::string *rest = nullptr)
{
    for (auto it = s.faults.lower_bound(fault); it != s.faults.upper_bound(fault); ++it) {
        char *end = nullptr;
        if (std::strtol(it->second.c_str(), &end, 10) == k) {
            if (rest)
                *rest = *end ? end + 1 : "";
            return true;
        }
    }
    return false;
}

static void write_slice(const Spec &whole, int k, const std::string &instance,
                        const std::string &path)
{
    Spec s = whole;
    std::string value;
    if (hits(s, "orientation", k, &value))
        s.orientation = value;
    if (hits(s, "size", k, &value) &&
        std::sscanf(value.c_str(), "%dx%d", &s.size[0], &s.size[1]) != 2)
        fail(2, "--fault size=K,NXxNY");
    if (hits(s, "pixel", k, &value))
        s.pixel = value;
    Geometry g = geometry(s);
    DcmFileFormat file;
    DcmDataset *d = file.getDataset();
    file.getMetaInfo()->putAndInsertString(DCM_MediaStorageSOPClassUID, image_class(s));
    put_header(s, d, s.modality, image_class(s), instance, series_uid(whole));
    put_slice(s, g, d, k);
    std::vector<uint8_t> raw;
    append_pixels(s, k < 0 ? 0 : k, raw);
    put_pixels(s, d, raw);
    apply_sets(s, d, std::to_string(k));
    std::string syntax = s.syntax;
    if (hits(s, "syntax", k, &value))
        syntax = value;
    save(s, file, path, syntax, "*");
    if (hits(s, "truncate", k, &value)) {
        std::string bytes = read_bytes(path);
        write_bytes(path, bytes.substr(0, std::strtoul(value.c_str(), nullptr, 10)));
    }
    if (hits(s, "garbage", k))
        write_bytes(path, "this is no DICOM file\n");
}

// --shuffle: names in another order than the slices, and without an extension.
static std::string file_name(const Spec &s, int k)
{
    char name[32];
    std::snprintf(name, sizeof name, s.shuffle ? "IM%05d" : "%04d.dcm",
                  s.shuffle ? (k * 7 + 3) % 1009 + k / 1009 * 1009 : k);
    return s.shuffle ? name : s.modality + name;
}

void write_series(const Spec &s)
{
    make_directories(s.out);
    for (int k = 0; k < s.size[2]; k++) {
        std::string file = file_name(s, k);
        if (!hits(s, "missing", k))
            write_slice(s, k, instance_uid(s, k), s.out + "/" + file);
        if (hits(s, "duplicate", k)) // the same object twice
            write_slice(s, k, instance_uid(s, k), s.out + "/copy-" + file);
        if (hits(s, "overlap", k)) // another object at the same position
            write_slice(s, k, instance_uid(s, 100000 + k), s.out + "/again-" + file);
    }
    if (s.fault("localizer")) {
        Spec scout = s;
        scout.orientation = "coronal";
        write_slice(scout, -1, instance_uid(s, -2), s.out + "/scout.dcm");
    }
}

static void put_frame(const Spec &s, const Geometry &g, DcmItem *d, int k, int volume)
{
    DcmItem *frame = append(d, DCM_PerFrameFunctionalGroupsSequence);
    Vec p = slice_position(s, g, k);
    put(append(frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient, ds({p.x, p.y, p.z}));
    DcmItem *content = append(frame, DCM_FrameContentSequence);
    put(content, DCM_StackID, "1");
    content->putAndInsertUint32(DCM_InStackPositionNumber, k + 1);
    if (s.modality == "PT")
        put(content, DCM_FrameAcquisitionDateTime, s.date + "110446.2");
    if (s.volumes > 1)
        content->putAndInsertUint32(DCM_TemporalPositionIndex, volume);
    DcmItem *value = append(frame, DCM_PixelValueTransformationSequence);
    put(value, DCM_RescaleIntercept, ds(intercept(s)));
    put(value, DCM_RescaleSlope, ds(slope(s, k)));
    put(value, DCM_RescaleType, s.modality == "CT" ? "HU" : "US");
}

void write_enhanced(const Spec &s)
{
    make_directories(s.out);
    Geometry g = geometry(s);
    DcmFileFormat file;
    DcmDataset *d = file.getDataset();
    file.getMetaInfo()->putAndInsertString(DCM_MediaStorageSOPClassUID, image_class(s));
    put_header(s, d, s.modality, image_class(s), instance_uid(s, -1), series_uid(s));
    put(d, DCM_ImageType, "ORIGINAL\\PRIMARY\\VOLUME\\NONE");
    put(d, DCM_InstanceNumber, "1");
    put(d, DCM_PatientPosition, s.position);
    put(d, DCM_NumberOfFrames, std::to_string(s.size[2] * s.volumes));
    DcmItem *shared = append(d, DCM_SharedFunctionalGroupsSequence);
    DcmItem *measures = append(shared, DCM_PixelMeasuresSequence);
    put(measures, DCM_PixelSpacing, ds({s.spacing[1], s.spacing[0]}));
    put(measures, DCM_SliceThickness, ds(s.spacing[2]));
    put(append(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient,
        ds(orientation(g)));
    if (s.modality == "PT")
        put_enhanced_pet(s, d, shared);
    std::vector<uint8_t> raw;
    for (int n = 0; n < s.size[2] * s.volumes; n++) {
        int volume = n / s.size[2], k = slice_of_frame(s, n % s.size[2]);
        put_frame(s, g, d, k, volume + 1);
        append_pixels(s, k, raw, 1000 * volume);
    }
    put_pixels(s, d, raw);
    apply_sets(s, d, "*");
    save(s, file, s.out + "/" + s.modality + ".dcm", s.syntax, "*");
}

} // namespace gen
