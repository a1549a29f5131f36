#include "shim/dicom_pet_enhanced.h"

extern "C" {
#include "base/num.h"
#include "shim/dicom_dose.h"
}

#include <cmath>
#include <cstdlib>
#include <cstring>

namespace radmill
{

namespace
{

void set_text(struct dicom_header *h, enum dicom_text which, const std::string &value)
{
    char *copy = copy_text(value);
    std::free(h->text[which]);
    h->text[which] = copy;
}

bool nearly(double a, double b)
{
    return std::fabs(a - b) <= 1e-6 * std::fmax(std::fabs(a), std::fabs(b));
}

/* The code (UCUM) of the frame's unit: of the first mapping that is the frame's rescale. */
std::string unit_of(const any_item &groups, text_reader &text, const struct dicom_frame &f)
{
    std::string unit;
    for (const any_item &mapping : groups.items(DCM_RealWorldValueMappingSequence)) {
        double slope, intercept;
        const any_item code = mapping.first(DCM_MeasurementUnitsCodeSequence);
        if (unit.empty() && code && get_numbers(mapping, DCM_RealWorldValueSlope, 1, &slope) &&
            get_numbers(mapping, DCM_RealWorldValueIntercept, 1, &intercept) &&
            nearly(slope, f.slope) && nearly(intercept, f.intercept))
            unit = text.get(code, DCM_CodeValue);
    }
    return unit;
}

/* The unit of all frames; empty where one has another, or none. */
std::string unit_of_all(const any_item &data, text_reader &text, const struct dicom_header *h)
{
    const any_item shared = data.first(DCM_SharedFunctionalGroupsSequence);
    std::string all;
    bool same = true;
    size_t i = 0;
    for (const any_item &own : data.items(DCM_PerFrameFunctionalGroupsSequence)) {
        const bool has_own = own.first(DCM_RealWorldValueMappingSequence) || !shared;
        const std::string unit = unit_of(has_own ? own : shared, text, h->frame[i]);
        all = i == 0 ? unit : all;
        same = same && unit == all;
        i++;
    }
    return same ? all : "";
}

void read_units(const any_item &data, text_reader &text, struct dicom_header *h)
{
    const std::string unit = unit_of_all(data, text, h);
    const bool is_suv = unit == "g/ml{SUVbw}" || unit == "{SUVbw}g/ml";
    set_text(h, DICOM_UNITS, unit == "Bq/ml" ? "BQML" : is_suv ? "GML" : unit);
    set_text(h, DICOM_SUV_TYPE, is_suv ? "BW" : "");
}

void read_decay(const any_item &data, text_reader &text, struct dicom_header *h)
{
    const std::string corrected = text.get(data, DCM_DecayCorrected);
    set_text(h, DICOM_DECAY_CORRECTION, corrected == "YES" ? "START" : corrected);
}

void read_dose(struct dicom_header *h)
{
    double mbq;
    char number[NUM_TEXT];
    if (num_parse_double(h->text[DICOM_DOSE_BQ], &mbq))
        set_text(h, DICOM_DOSE_BQ, num_format(dicom_dose_bq(mbq, true), number));
}

/* Frames of one file say their moments alike, so that they can be compared as texts. */
void read_first_acquisition(const any_item &data, text_reader &text, struct dicom_header *h)
{
    std::string first;
    bool all = true;
    for (const any_item &own : data.items(DCM_PerFrameFunctionalGroupsSequence)) {
        const std::string at =
            text.get(own.first(DCM_FrameContentSequence), DCM_FrameAcquisitionDateTime);
        all = all && at.size() > 8 && (first.empty() || at.size() == first.size());
        first = first.empty() || at < first ? at : first;
    }
    const size_t zone = all ? first.find_first_of("+-") : std::string::npos;
    set_text(h, DICOM_ACQUISITION_DATE, all ? first.substr(0, 8) : "");
    set_text(h, DICOM_ACQUISITION_TIME, all ? first.substr(8, zone - 8) : "");
    if (zone != std::string::npos && h->text[DICOM_UTC_OFFSET][0] == '\0')
        set_text(h, DICOM_UTC_OFFSET, first.substr(zone));
}

} // namespace

void read_enhanced_pet(const any_item &data, text_reader &text, struct dicom_header *h)
{
    if (std::strcmp(h->text[DICOM_SOP_CLASS], DICOM_CLASS_OF_ENHANCED_PET) != 0)
        return;
    read_units(data, text, h);
    read_decay(data, text, h);
    read_dose(h);
    read_first_acquisition(data, text, h);
}

} // namespace radmill
