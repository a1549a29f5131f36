#include "shim/dicom_header.h"

#include "shim/dicom_acquisition_read.h"
#include "shim/dicom_item.h"
#include "shim/dicom_pet.h"
#include "shim/dicom_pet_enhanced.h"
#include "shim/dicom_references.h"
#include "shim/dicom_split.h"
#include "shim/dicom_stream.h"
#include "shim/dicom_syntax.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

using namespace radmill;

namespace
{

const DcmTagKey none(0xffff, 0xffff);
/* Philips' block 10 of group 7053: SUV Scale Factor, Activity Concentration Scale Factor */
const DcmTagKey philips_creator(0x7053, 0x0010), philips_suv(0x7053, 0x1000),
    philips_bqml(0x7053, 0x1009);

/* Where each text is found: in the data set, or in the first item of one of its sequences; `other`
 * is used when the first tag is absent or empty. */
const struct {
    enum dicom_text text;
    DcmTagKey sequence, tag, other;
} text_table[] = {
    {DICOM_SOP_CLASS, none, DCM_SOPClassUID, none},
    {DICOM_SOP_UID, none, DCM_SOPInstanceUID, none},
    {DICOM_PATIENT_ID, none, DCM_PatientID, none},
    {DICOM_STUDY_UID, none, DCM_StudyInstanceUID, none},
    {DICOM_SERIES_UID, none, DCM_SeriesInstanceUID, none},
    {DICOM_FRAME_OF_REFERENCE, none, DCM_FrameOfReferenceUID, none},
    {DICOM_MODALITY, none, DCM_Modality, none},
    {DICOM_IMAGE_TYPE, none, DCM_ImageType, none},
    {DICOM_STUDY_DATE, none, DCM_StudyDate, none},
    {DICOM_SERIES_NUMBER, none, DCM_SeriesNumber, none},
    {DICOM_PHOTOMETRIC, none, DCM_PhotometricInterpretation, none},
    {DICOM_RESCALE_TYPE, none, DCM_RescaleType, none},
    {DICOM_LOSSY, none, DCM_LossyImageCompression, none},
    {DICOM_LABEL, none, DCM_StructureSetLabel, DCM_ContentLabel},
    {DICOM_SET_DATE, none, DCM_StructureSetDate, DCM_ContentDate},
    {DICOM_SET_TIME, none, DCM_StructureSetTime, DCM_ContentTime},
    {DICOM_SERIES_DATE, none, DCM_SeriesDate, none},
    {DICOM_SERIES_TIME, none, DCM_SeriesTime, none},
    {DICOM_ACQUISITION_DATE, none, DCM_AcquisitionDate, none},
    {DICOM_ACQUISITION_TIME, none, DCM_AcquisitionTime, none},
    {DICOM_UNITS, none, DCM_Units, none},
    {DICOM_SUV_TYPE, none, DCM_SUVType, none},
    {DICOM_DECAY_CORRECTION, none, DCM_DecayCorrection, none},
    {DICOM_FRAME_DURATION_MS, none, DCM_ActualFrameDuration, none},
    {DICOM_PATIENT_WEIGHT_KG, none, DCM_PatientWeight, none},
    {DICOM_PATIENT_SIZE_M, none, DCM_PatientSize, none},
    {DICOM_PATIENT_SEX, none, DCM_PatientSex, none},
    {DICOM_DOSE_BQ, DCM_RadiopharmaceuticalInformationSequence, DCM_RadionuclideTotalDose, none},
    {DICOM_HALF_LIFE_S, DCM_RadiopharmaceuticalInformationSequence, DCM_RadionuclideHalfLife, none},
    {DICOM_INJECTION_TIME, DCM_RadiopharmaceuticalInformationSequence,
     DCM_RadiopharmaceuticalStartTime, none},
    {DICOM_INJECTION_DATETIME, DCM_RadiopharmaceuticalInformationSequence,
     DCM_RadiopharmaceuticalStartDateTime, none},
    {DICOM_MANUFACTURER, none, DCM_Manufacturer, none},
    {DICOM_UTC_OFFSET, none, DCM_TimezoneOffsetFromUTC, none},
    {DICOM_FRAME_REFERENCE_MS, none, DCM_FrameReferenceTime, none},
    {DICOM_DECAY_DATETIME, none, DCM_DecayCorrectionDateTime, none},
    {DICOM_PHILIPS_CREATOR, none, philips_creator, none},
    {DICOM_PHILIPS_SUV_FACTOR, none, philips_suv, none},
    {DICOM_PHILIPS_BQML, none, philips_bqml, none},
};

bool has_mark(const unsigned char *p, size_t n)
{
    return n >= 132 && std::memcmp(p + 128, "DICM", 4) == 0;
}

/* A file without preamble: a first element that looks like one of group 2 or 8. */
bool looks_like_dicom(const unsigned char *p, size_t n)
{
    if (n < 16)
        return false;
    bool little = (p[0] == 8 || p[0] == 2) && p[1] == 0 && p[3] == 0;
    bool big = p[0] == 0 && (p[1] == 8 || p[1] == 2) && p[2] == 0;
    bool vr = p[4] >= 'A' && p[4] <= 'Z' && p[5] >= 'A' && p[5] <= 'Z';
    bool length = p[6] == 0 && p[7] == 0; /* implicit: below 64 KB */
    return (little && (vr || length)) || (big && vr);
}

bool is_time(enum dicom_text which)
{
    static const enum dicom_text times[] = {DICOM_STUDY_DATE,         DICOM_SERIES_DATE,
                                            DICOM_SERIES_TIME,        DICOM_ACQUISITION_DATE,
                                            DICOM_ACQUISITION_TIME,   DICOM_INJECTION_TIME,
                                            DICOM_INJECTION_DATETIME, DICOM_DECAY_DATETIME};
    return std::find(std::begin(times), std::end(times), which) != std::end(times);
}

void read_texts(DcmItem &data, text_reader &text, struct dicom_header *h)
{
    for (const auto &row : text_table) {
        DcmItem *item = row.sequence == none ? &data : first_item(data, row.sequence);
        std::string value = item ? text.get(*item, row.tag) : "";
        if (value.empty() && row.other != none)
            value = text.get(*item, row.other);
        if (is_time(row.text) && modern_time(&value))
            h->forgiven |= DICOM_FORGAVE_TIMES;
        h->text[row.text] = copy_text(value);
    }
    h->text[DICOM_MORE_DOSES] = copy_text(several_doses(data, text));
    h->text[DICOM_VENDOR_TIME] = copy_text(vendor_time(data, text));
    h->text[DICOM_ACQUISITION] = copy_text(read_acquisition(data, text));
}

void read_spacing(DcmItem &measures, struct dicom_frame *f)
{
    double spacing[2], thickness;
    if (get_numbers(measures, DCM_PixelSpacing, 2, spacing)) {
        f->spacing_mm[0] = spacing[0], f->spacing_mm[1] = spacing[1];
        f->has |= DICOM_HAS_SPACING;
    }
    if (get_numbers(measures, DCM_SliceThickness, 1, &thickness))
        f->slice_thickness_mm = thickness;
    if (get_numbers(measures, DCM_SpacingBetweenSlices, 1, &thickness) ||
        get_numbers(measures, DCM_SliceThickness, 1, &thickness)) {
        f->thickness_mm = thickness;
        f->has |= DICOM_HAS_THICKNESS;
    }
}

void read_rescale(DcmItem &item, struct dicom_frame *f)
{
    if (first_item(item, DCM_ModalityLUTSequence))
        f->has |= DICOM_HAS_LUT;
    bool has_slope = item.tagExistsWithValue(DCM_RescaleSlope);
    bool has_intercept = item.tagExistsWithValue(DCM_RescaleIntercept);
    if (!has_slope && !has_intercept)
        return;
    double slope = 1, intercept = 0;
    if ((has_slope && (!get_numbers(item, DCM_RescaleSlope, 1, &slope) || slope == 0)) ||
        (has_intercept && !get_numbers(item, DCM_RescaleIntercept, 1, &intercept))) {
        f->has |= DICOM_BAD_RESCALE;
        return;
    }
    f->slope = slope, f->intercept = intercept;
    f->has |= has_slope && has_intercept ? DICOM_HAS_RESCALE : DICOM_HALF_RESCALE;
}

/* Fills a frame from `groups`: functional groups, or the data set itself for classic files. */
void read_plane(DcmItem *position, DcmItem *orientation, struct dicom_frame *f)
{
    if (position && get_numbers(*position, DCM_ImagePositionPatient, 3, f->position_mm)) {
        f->has |= DICOM_HAS_POSITION;
        f->position_decimals = shown_decimals(*position, DCM_ImagePositionPatient);
    }
    if (orientation && get_numbers(*orientation, DCM_ImageOrientationPatient, 6, f->orientation)) {
        f->has |= DICOM_HAS_ORIENTATION;
        f->cosine_decimals = shown_decimals(*orientation, DCM_ImageOrientationPatient);
    }
}

/* Functional groups of a frame (shared first, then its own: the own ones win). */
void read_groups(DcmItem &groups, struct dicom_frame *f)
{
    DcmItem *position = first_item(groups, DCM_PlanePositionSequence);
    DcmItem *orientation = first_item(groups, DCM_PlaneOrientationSequence);
    DcmItem *measures = first_item(groups, DCM_PixelMeasuresSequence);
    DcmItem *rescale = first_item(groups, DCM_PixelValueTransformationSequence);
    read_plane(position, orientation, f);
    read_group_splits(groups, f);
    if (measures)
        read_spacing(*measures, f);
    if (rescale)
        read_rescale(*rescale, f);
}

void read_frames(DcmItem &data, text_reader &text, struct dicom_header *h)
{
    if (!get_integer(data, DCM_NumberOfFrames, &h->number_of_frames))
        h->number_of_frames = 1;
    struct dicom_frame plain = {};
    plain.slope = 1;
    plain.position_decimals = plain.cosine_decimals = -1;
    std::fill(plain.split, plain.split + DICOM_SPLITS, std::nan(""));
    bool multi = data.tagExists(DCM_PerFrameFunctionalGroupsSequence);
    if (!multi) {
        read_plane(&data, &data, &plain);
        read_spacing(data, &plain);
        read_splits(data, &plain);
    }
    read_rescale(data, &plain);
    if (DcmItem *shared = first_item(data, DCM_SharedFunctionalGroupsSequence))
        read_groups(*shared, &plain);

    frame_types types(data, text);
    std::vector<dicom_frame> frames;
    each_item(data, DCM_PerFrameFunctionalGroupsSequence, [&](DcmItem &groups, size_t) {
        struct dicom_frame f = plain;
        read_groups(groups, &f);
        f.type = types.of(groups);
        frames.push_back(f);
    });
    types.hand_over(&h->frame_types);
    if (!multi)
        frames.push_back(plain);
    h->frame = copy_array(frames);
    h->frames = frames.size();
}

void read_image(DcmItem &data, text_reader &text, struct dicom_header *h)
{
    int64_t representation = 0;
    get_integer(data, DCM_Rows, &h->rows);
    get_integer(data, DCM_Columns, &h->columns);
    if (!get_integer(data, DCM_SamplesPerPixel, &h->samples))
        h->samples = 1;
    get_integer(data, DCM_BitsAllocated, &h->bits_allocated);
    if (!get_integer(data, DCM_BitsStored, &h->bits_stored))
        h->bits_stored = h->bits_allocated;
    if (!get_integer(data, DCM_HighBit, &h->high_bit))
        h->high_bit = h->bits_stored - 1;
    get_integer(data, DCM_PixelRepresentation, &representation);
    h->is_signed = representation == 1;
    read_frames(data, text, h);
    read_enhanced_pet(data, text, h);
    DcmItem *shared = first_item(data, DCM_SharedFunctionalGroupsSequence);
    DcmItem *rescale = shared ? first_item(*shared, DCM_PixelValueTransformationSequence) : nullptr;
    if (rescale && h->text[DICOM_RESCALE_TYPE][0] == '\0') {
        char *type = copy_text(text.get(*rescale, DCM_RescaleType));
        std::free(h->text[DICOM_RESCALE_TYPE]);
        h->text[DICOM_RESCALE_TYPE] = type;
    }
}

uint32_t little32(const unsigned char *p)
{
    return p[0] | p[1] << 8 | p[2] << 16 | static_cast<uint32_t>(p[3]) << 24;
}

enum dicom_sample sample_of(const unsigned char *tag, bool big)
{
    int group = big ? tag[0] << 8 | tag[1] : tag[1] << 8 | tag[0];
    int element = big ? tag[2] << 8 | tag[3] : tag[3] << 8 | tag[2];
    if (group != 0x7fe0)
        return DICOM_SAMPLE_NONE;
    return element == 8    ? DICOM_SAMPLE_F32
           : element == 9  ? DICOM_SAMPLE_F64
           : element == 16 ? DICOM_SAMPLE_INT
                           : DICOM_SAMPLE_NONE;
}

/* `at` is where the parser stopped: just after tag, type and length of the pixel data, if there are
 * any. The bytes before `at` say which element it is and how long. */
void find_pixels(FILE *file, int64_t at, const DcmXfer &syntax, struct dicom_header *h)
{
    h->pixel_offset = -1;
    if (syntax.getStreamCompression() != ESC_none) {
        h->sample = h->rows > 0 && h->columns > 0 ? DICOM_SAMPLE_INT : DICOM_SAMPLE_NONE;
        return;
    }
    const long behind = syntax.isExplicitVR() ? 12 : 8;
    unsigned char head[12];
    if (at < behind || std::fseek(file, at - behind, SEEK_SET) != 0 ||
        std::fread(head, 1, behind, file) != static_cast<size_t>(behind))
        return;
    h->sample = sample_of(head, syntax.isBigEndian());
    uint32_t length = little32(head + behind - 4);
    if (h->sample == DICOM_SAMPLE_NONE || syntax.getPixelDataByteOrder() == EBO_BigEndian ||
        syntax.isBigEndian() || is_encapsulated(syntax) || length == 0xffffffffu)
        return;
    h->pixel_offset = at;
    h->pixel_bytes = length;
}

using file_handle = std::unique_ptr<FILE, int (*)(FILE *)>;

bool read_file(const char *path, struct dicom_header *h, struct err *e)
{
    file_handle file(std::fopen(path, "rb"), std::fclose);
    if (!file)
        return err_errno(e, "cannot open");
    unsigned char head[132];
    const size_t got = std::fread(head, 1, sizeof head, file.get());
    if (std::ferror(file.get()))
        return err_errno(e, "cannot be read");
    const bool marked = has_mark(head, got);
    if (!marked && !looks_like_dicom(head, got))
        return err_set(e, ERR_REFUSED, "not a DICOM file");
    if (std::fseek(file.get(), 0, SEEK_END) == 0)
        h->file_bytes = std::ftell(file.get());

    bounded_stream stream(path);
    DcmFileFormat format;
    OFCondition status = load_stream(format, stream, DCM_MaxReadLength, DCM_FloatPixelData);
    DcmDataset &data = *format.getDataset();
    DcmXfer syntax(data.getOriginalXfer());
    text_reader text;
    read_texts(data, text, h);
    std::string named = text.get(*format.getMetaInfo(), DCM_TransferSyntaxUID);
    h->text[DICOM_TRANSFER_SYNTAX] =
        copy_text(named.empty() && syntax.getXferID() ? syntax.getXferID() : named);
    if (h->text[DICOM_SOP_CLASS][0] == '\0') { /* a DICOMDIR has it in its meta header only */
        std::free(h->text[DICOM_SOP_CLASS]);
        h->text[DICOM_SOP_CLASS] = nullptr;
        h->text[DICOM_SOP_CLASS] =
            copy_text(text.get(*format.getMetaInfo(), DCM_MediaStorageSOPClassUID));
    }
    if (!marked && h->text[DICOM_SOP_CLASS][0] == '\0')
        return err_set(e, ERR_REFUSED, "not a DICOM file");
    if (status.bad()) {
        h->damage =
            copy_text(std::string("the header cannot be read to its end: ") + status.text());
        return true;
    }
    if (std::strcmp(h->text[DICOM_SOP_CLASS], DICOM_CLASS_OF_RTSTRUCT) == 0) {
        read_structure_set(data, text, h);
    } else if (is_segmentation_class(h->text[DICOM_SOP_CLASS])) {
        read_segmentation(data, text, h);
    } else {
        read_image(data, text, h);
        find_pixels(file.get(), stream.tell(), syntax, h);
    }
    h->forgiven |= forgiven_in(format, text);
    return true;
}

void names_free(struct dicom_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        std::free(names->item[i]);
    std::free(names->item);
}

} // namespace

bool dicom_header_read(const char *path, struct dicom_header *h, struct err *e)
{
    std::memset(h, 0, sizeof *h);
    h->pixel_offset = -1;
    bool ok = dicom_guard(e, [&] { return read_file(path, h, e); });
    if (!ok)
        dicom_header_free(h);
    return ok;
}

void dicom_header_free(struct dicom_header *h)
{
    for (char *text : h->text)
        std::free(text);
    std::free(h->damage);
    for (size_t i = 0; i < h->rois; i++) {
        std::free(h->roi[i].name);
        std::free(h->roi[i].frame_of_reference);
        std::free(h->roi[i].image);
    }
    for (size_t i = 0; i < h->references; i++) {
        std::free(h->reference[i].frame_of_reference);
        std::free(h->reference[i].series);
        std::free(h->reference[i].image);
    }
    std::free(h->reference);
    std::free(h->roi);
    std::free(h->frame);
    names_free(&h->instances);
    names_free(&h->frame_types);
    std::memset(h, 0, sizeof *h);
}
