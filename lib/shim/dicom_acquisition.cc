#include "shim/dicom_acquisition_read.h"

extern "C" {
#include "base/num.h"
#include "shim/acquisition_fields.h"
#include "shim/dicom_dose.h"
#include "shim/tracer.h"
}

#include <cctype>
#include <sstream>

using namespace radmill;

namespace
{

const DcmTagKey none(0xffff, 0xffff);

/* An element of the data set, or of the first item of a sequence there, in the functional groups
 * that all frames share, or in those of the first frame. */
struct place {
    DcmTagKey sequence, tag;
    double scale; /* its unit in that of the field */
};

enum kind { NUMBER, DEVICE, WORDS, CONTRAST, TRACER, RADIONUCLIDE, ACTIVITY };

struct row {
    enum acquisition_field field;
    enum kind kind;
    struct place places[3]; /* the first that holds a value counts */
    const char *words;      /* of WORDS: what is taken, between blanks */
};

const struct place nowhere = {none, none, 1};

struct place only(const DcmTagKey &tag)
{
    return {none, tag, 1};
}

const struct row rows[] = {
    {ACQUISITION_MANUFACTURER, DEVICE, {only(DCM_Manufacturer), nowhere, nowhere}, ""},
    {ACQUISITION_MODEL, DEVICE, {only(DCM_ManufacturerModelName), nowhere, nowhere}, ""},
    {ACQUISITION_KERNEL,
     DEVICE,
     {only(DCM_ConvolutionKernel),
      {DCM_CTReconstructionSequence, DCM_ConvolutionKernel, 1},
      nowhere},
     ""},
    {ACQUISITION_RECONSTRUCTION_METHOD,
     DEVICE,
     {only(DCM_ReconstructionMethod), nowhere, nowhere},
     ""},
    {ACQUISITION_KVP,
     NUMBER,
     {only(DCM_KVP), {DCM_CTXRayDetailsSequence, DCM_KVP, 1}, nowhere},
     ""},
    {ACQUISITION_EXPOSURE_MAS,
     NUMBER,
     {only(DCM_Exposure),
      {none, DCM_ExposureInuAs, 1e-3},
      {DCM_CTExposureSequence, DCM_ExposureInmAs, 1}},
     ""},
    {ACQUISITION_TUBE_CURRENT_MA,
     NUMBER,
     {only(DCM_XRayTubeCurrent),
      {none, DCM_XRayTubeCurrentInuA, 1e-3},
      {DCM_CTExposureSequence, DCM_XRayTubeCurrentInmA, 1}},
     ""},
    {ACQUISITION_SLICE_THICKNESS_MM,
     NUMBER,
     {only(DCM_SliceThickness), {DCM_PixelMeasuresSequence, DCM_SliceThickness, 1}, nowhere},
     ""},
    {ACQUISITION_RECONSTRUCTION_DIAMETER_MM,
     NUMBER,
     {only(DCM_ReconstructionDiameter),
      {DCM_CTReconstructionSequence, DCM_ReconstructionDiameter, 1},
      nowhere},
     ""},
    {ACQUISITION_CONTRAST, CONTRAST, {only(DCM_ContrastBolusAgent), nowhere, nowhere}, ""},
    {ACQUISITION_FIELD_STRENGTH_T, NUMBER, {only(DCM_MagneticFieldStrength), nowhere, nowhere}, ""},
    {ACQUISITION_ECHO_TIME_MS,
     NUMBER,
     {only(DCM_EchoTime), {DCM_MREchoSequence, DCM_EffectiveEchoTime, 1}, nowhere},
     ""},
    {ACQUISITION_REPETITION_TIME_MS,
     NUMBER,
     {only(DCM_RepetitionTime),
      {DCM_MRTimingAndRelatedParametersSequence, DCM_RepetitionTime, 1},
      nowhere},
     ""},
    {ACQUISITION_INVERSION_TIME_MS,
     NUMBER,
     {only(DCM_InversionTime), {DCM_MRModifierSequence, DCM_InversionTimes, 1}, nowhere},
     ""},
    {ACQUISITION_FLIP_ANGLE_DEG,
     NUMBER,
     {only(DCM_FlipAngle), {DCM_MRTimingAndRelatedParametersSequence, DCM_FlipAngle, 1}, nowhere},
     ""},
    {ACQUISITION_SCANNING_SEQUENCE,
     WORDS,
     {only(DCM_ScanningSequence), nowhere, nowhere},
     " SE IR GR EP RM "},
    {ACQUISITION_SEQUENCE_VARIANT,
     WORDS,
     {only(DCM_SequenceVariant), nowhere, nowhere},
     " SK MTC SS TRSS SP MP OSP NONE "},
    {ACQUISITION_ACQUISITION_TYPE,
     WORDS,
     {only(DCM_MRAcquisitionType), nowhere, nowhere},
     " 1D 2D 3D "},
    {ACQUISITION_TRACER,
     TRACER,
     {{DCM_RadiopharmaceuticalInformationSequence, DCM_Radiopharmaceutical, 1}, nowhere, nowhere},
     ""},
    {ACQUISITION_RADIONUCLIDE,
     RADIONUCLIDE,
     {{DCM_RadiopharmaceuticalInformationSequence, DCM_RadionuclideHalfLife, 1}, nowhere, nowhere},
     ""},
    {ACQUISITION_INJECTED_ACTIVITY_MBQ,
     ACTIVITY,
     {{DCM_RadiopharmaceuticalInformationSequence, DCM_RadionuclideTotalDose, 1}, nowhere, nowhere},
     ""},
    {ACQUISITION_FRAME_DURATION_S,
     NUMBER,
     {{none, DCM_ActualFrameDuration, 1e-3}, nowhere, nowhere},
     ""},
    {ACQUISITION_UNITS,
     WORDS,
     {only(DCM_Units), nowhere, nowhere},
     " CNTS NONE BQML GML CM2 CM2ML PROPCNTS "},
    {ACQUISITION_DECAY_CORRECTION,
     WORDS,
     {only(DCM_DecayCorrection), nowhere, nowhere},
     " NONE START ADMIN "},
    {ACQUISITION_CORRECTED_IMAGE,
     WORDS,
     {only(DCM_CorrectedImage), nowhere, nowhere},
     " DECY ATTN SCAT DTIM MOTN PMOT CLN RAN RADL DCAL NORM "},
};

/* Calls visit(item) for every item in which a sequence's element may lie, until it is true. */
template <class Visit> bool visit_items(const any_item &data, const struct place &p, Visit visit)
{
    if (p.sequence == none)
        return visit(data);
    for (const any_item &item : {data, data.first(DCM_SharedFunctionalGroupsSequence),
                                 data.first(DCM_PerFrameFunctionalGroupsSequence)}) {
        const any_item found = item.first(p.sequence);
        if (found && visit(found))
            return true;
    }
    return false;
}

bool first_text(const any_item &data, text_reader &text, const struct row &r, std::string *value)
{
    for (const struct place &p : r.places)
        if (p.tag != none && visit_items(data, p, [&](const any_item &item) {
                *value = text.get(item, p.tag);
                return !value->empty();
            }))
            return true;
    return false;
}

/* The first of several values: a header of one image has one. */
bool first_number(const any_item &data, text_reader &text, const struct row &r, double *value)
{
    for (const struct place &p : r.places)
        if (p.tag != none && visit_items(data, p, [&](const any_item &item) {
                std::string all = text.get(item, p.tag);
                bool is_one = num_parse_double(all.substr(0, all.find('\\')).c_str(), value) &&
                              *value - *value == 0;
                *value *= p.scale;
                return is_one;
            }))
            return true;
    return false;
}

std::string number_text(double value)
{
    char digits[NUM_TEXT];
    return num_format(value, digits);
}

/* At most 64 bytes, as DICOM allows, without control characters, and whole in UTF-8. */
std::string device_text(const std::string &value)
{
    const size_t most = 64;
    size_t n = value.size();
    for (n = n > most ? most : n; n < value.size() && n > 0 && (value[n] & 0xc0) == 0x80;)
        n--;
    std::string out = value.substr(0, n);
    for (char &c : out)
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7f)
            c = ' ';
    return out;
}

std::string known_words(const std::string &value, const char *known)
{
    std::string out;
    std::stringstream in(value);
    for (std::string word; std::getline(in, word, '\\');) {
        word.erase(std::remove(word.begin(), word.end(), ' '), word.end());
        if (!word.empty() && std::string(known).find(" " + word + " ") != std::string::npos)
            out += (out.empty() ? "" : "\\") + word;
    }
    return out;
}

/* An agent counts as contrast, unless its name is one of the usual ways to write that there was
 * none. */
std::string contrast(const std::string &agent)
{
    std::string plain;
    for (unsigned char c : agent)
        if (std::isalnum(c))
            plain += static_cast<char>(std::toupper(c));
    for (const char *no :
         {"NO", "NONE", "NA", "NOCONTRAST", "WITHOUT", "WITHOUTCONTRAST", "0", "N"})
        if (plain == no)
            return "False";
    return plain.empty() ? "" : "True";
}

/* The text of the tracer first, else the meaning of its code, which is text as well. */
std::string tracer(const any_item &data, text_reader &text, const std::string &own)
{
    std::string name = tracer_name(own.c_str());
    const any_item code = data.first(DCM_RadiopharmaceuticalInformationSequence)
                              .first(DCM_RadiopharmaceuticalCodeSequence);
    if (!code || (!name.empty() && name != "other"))
        return name;
    std::string meaning = tracer_name(text.get(code, DCM_CodeMeaning).c_str());
    return meaning.empty() ? name : meaning;
}

double activity_mbq(const any_item &data, double said)
{
    return dicom_dose_bq(said, data.has(DCM_PerFrameFunctionalGroupsSequence)) * 1e-6;
}

std::string value_of(const any_item &data, text_reader &text, const struct row &r)
{
    std::string value;
    double number;
    switch (r.kind) {
    case NUMBER:
        return first_number(data, text, r, &number) ? number_text(number) : "";
    case DEVICE:
        return first_text(data, text, r, &value) ? device_text(value) : "";
    case WORDS:
        return first_text(data, text, r, &value) ? known_words(value, r.words) : "";
    case CONTRAST:
        return first_text(data, text, r, &value) ? contrast(value) : "";
    case TRACER:
        first_text(data, text, r, &value);
        return tracer(data, text, value);
    case RADIONUCLIDE:
        return first_number(data, text, r, &number) ? tracer_radionuclide(number) : "";
    case ACTIVITY:
        return first_number(data, text, r, &number) ? number_text(activity_mbq(data, number)) : "";
    }
    return "";
}

} // namespace

std::string radmill::read_acquisition(const any_item &data, text_reader &text)
{
    std::string value[ACQUISITION_FIELDS], out;
    for (const struct row &r : rows)
        value[r.field] = value_of(data, text, r);
    for (size_t i = 0; i < ACQUISITION_FIELDS; i++)
        out += (i ? "\n" : "") + value[i];
    return out.find_first_not_of('\n') == std::string::npos ? "" : out;
}
