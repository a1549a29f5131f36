#include "shim/dicom_image.h"

#include "shim/dicom_acquisition_read.h"
#include "shim/dicom_pet.h"
#include "shim/dicom_pet_enhanced.h"
#include "shim/dicom_split.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <vector>

namespace radmill
{

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

bool is_time(enum dicom_text which)
{
    static const enum dicom_text times[] = {DICOM_STUDY_DATE,         DICOM_SERIES_DATE,
                                            DICOM_SERIES_TIME,        DICOM_ACQUISITION_DATE,
                                            DICOM_ACQUISITION_TIME,   DICOM_INJECTION_TIME,
                                            DICOM_INJECTION_DATETIME, DICOM_DECAY_DATETIME};
    return std::find(std::begin(times), std::end(times), which) != std::end(times);
}

} // namespace

void read_texts(const any_item &data, text_reader &text, struct dicom_header *h)
{
    for (const auto &row : text_table) {
        const any_item item = row.sequence == none ? data : data.first(row.sequence);
        std::string value = text.get(item, row.tag);
        if (value.empty() && row.other != none)
            value = text.get(item, row.other);
        if (is_time(row.text) && modern_time(&value))
            h->forgiven |= DICOM_FORGAVE_TIMES;
        h->text[row.text] = copy_text(value);
    }
    h->text[DICOM_MORE_DOSES] = copy_text(several_doses(data, text));
    h->text[DICOM_VENDOR_TIME] = copy_text(vendor_time(data, text));
    h->text[DICOM_ACQUISITION] = copy_text(read_acquisition(data, text));
}

namespace
{

void read_spacing(const any_item &measures, struct dicom_frame *f)
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

void read_rescale(const any_item &item, struct dicom_frame *f)
{
    if (item.first(DCM_ModalityLUTSequence))
        f->has |= DICOM_HAS_LUT;
    bool has_slope = item.has_value(DCM_RescaleSlope);
    bool has_intercept = item.has_value(DCM_RescaleIntercept);
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
void read_plane(const any_item &position, const any_item &orientation, struct dicom_frame *f)
{
    if (get_numbers(position, DCM_ImagePositionPatient, 3, f->position_mm)) {
        f->has |= DICOM_HAS_POSITION;
        f->position_decimals = shown_decimals(position, DCM_ImagePositionPatient);
    }
    if (get_numbers(orientation, DCM_ImageOrientationPatient, 6, f->orientation)) {
        f->has |= DICOM_HAS_ORIENTATION;
        f->cosine_decimals = shown_decimals(orientation, DCM_ImageOrientationPatient);
    }
}

/* Functional groups of a frame (shared first, then its own: the own ones win). */
void read_groups(const any_item &groups, struct dicom_frame *f)
{
    read_plane(groups.first(DCM_PlanePositionSequence), groups.first(DCM_PlaneOrientationSequence),
               f);
    read_group_splits(groups, f);
    read_spacing(groups.first(DCM_PixelMeasuresSequence), f);
    read_rescale(groups.first(DCM_PixelValueTransformationSequence), f);
}

void read_frames(const any_item &data, text_reader &text, struct dicom_header *h)
{
    if (!get_integer(data, DCM_NumberOfFrames, &h->number_of_frames))
        h->number_of_frames = 1;
    struct dicom_frame plain = {};
    plain.slope = 1;
    plain.position_decimals = plain.cosine_decimals = -1;
    std::fill(plain.split, plain.split + DICOM_SPLITS, std::nan(""));
    bool multi = data.has(DCM_PerFrameFunctionalGroupsSequence);
    if (!multi) {
        read_plane(data, data, &plain);
        read_spacing(data, &plain);
        read_splits(data, &plain);
    }
    read_rescale(data, &plain);
    if (const any_item shared = data.first(DCM_SharedFunctionalGroupsSequence))
        read_groups(shared, &plain);

    frame_types types(data, text);
    std::vector<dicom_frame> frames;
    for (const any_item &groups : data.items(DCM_PerFrameFunctionalGroupsSequence)) {
        struct dicom_frame f = plain;
        read_groups(groups, &f);
        f.type = types.of(groups);
        frames.push_back(f);
    }
    types.hand_over(&h->frame_types);
    if (!multi)
        frames.push_back(plain);
    h->frame = copy_array(frames);
    h->frames = frames.size();
}

} // namespace

void read_image(const any_item &data, text_reader &text, struct dicom_header *h)
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
    const any_item rescale =
        data.first(DCM_SharedFunctionalGroupsSequence).first(DCM_PixelValueTransformationSequence);
    if (rescale && h->text[DICOM_RESCALE_TYPE][0] == '\0') {
        char *type = copy_text(text.get(rescale, DCM_RescaleType));
        std::free(h->text[DICOM_RESCALE_TYPE]);
        h->text[DICOM_RESCALE_TYPE] = type;
    }
}

} // namespace radmill
