#include "shim/dicom_split.h"

extern "C" {
#include "shim/decimals.h"
}

#include <cmath>

namespace radmill
{

namespace
{

/* Where a classic file has them. */
const struct {
    enum dicom_split which;
    DcmTagKey tag;
} classic[] = {
    {DICOM_SPLIT_TEMPORAL, DCM_TemporalPositionIdentifier},
    {DICOM_SPLIT_ACQUISITION, DCM_AcquisitionNumber},
    {DICOM_SPLIT_TRIGGER, DCM_TriggerTime},
    {DICOM_SPLIT_ECHO, DCM_EchoTime},
    {DICOM_SPLIT_B_VALUE, DCM_DiffusionBValue},
};

/* Where functional groups have them. */
const struct {
    enum dicom_split which;
    DcmTagKey sequence, tag;
} grouped[] = {
    {DICOM_SPLIT_TEMPORAL, DCM_FrameContentSequence, DCM_TemporalPositionIndex},
    {DICOM_SPLIT_ACQUISITION, DCM_FrameContentSequence, DCM_FrameAcquisitionNumber},
    {DICOM_SPLIT_TRIGGER, DCM_CardiacSynchronizationSequence, DCM_NominalCardiacTriggerDelayTime},
    {DICOM_SPLIT_ECHO, DCM_MREchoSequence, DCM_EffectiveEchoTime},
    {DICOM_SPLIT_B_VALUE, DCM_MRDiffusionSequence, DCM_DiffusionBValue},
};

/* b-values of vendors, by the creator of their private block. GE adds multiples of 10^9. */
const struct {
    DcmTagKey creator_tag, tag;
    const char *creator;
    int values;
} vendor_b[] = {
    {DcmTagKey(0x0019, 0x0010), DcmTagKey(0x0019, 0x100c), "SIEMENS MR HEADER", 1},
    {DcmTagKey(0x2001, 0x0010), DcmTagKey(0x2001, 0x1003), "Philips Imaging DD 001", 1},
    {DcmTagKey(0x0043, 0x0010), DcmTagKey(0x0043, 0x1039), "GEMS_PARM_01", 4},
};

void read_vendor_b(DcmItem &data, struct dicom_frame *f)
{
    for (const auto &row : vendor_b) {
        OFString creator;
        double value[4];
        if (data.findAndGetOFString(row.creator_tag, creator).good() && creator == row.creator &&
            get_numbers(data, row.tag, row.values, value))
            f->split[DICOM_SPLIT_B_VALUE] = row.values == 4 ? std::fmod(value[0], 1e9) : value[0];
    }
}

} // namespace

int32_t shown_decimals(DcmItem &item, const DcmTagKey &tag)
{
    DcmElement *element = nullptr;
    OFString text;
    if (item.findAndGetElement(tag, element).bad() || !element ||
        element->getLengthField() > 1024 || element->getOFStringArray(text).bad())
        return 0;
    return decimals_shown(text.c_str(), text.size());
}

void read_splits(DcmItem &data, struct dicom_frame *f)
{
    double value;
    for (const auto &row : classic)
        if (get_numbers(data, row.tag, 1, &value))
            f->split[row.which] = value;
    if (std::isnan(f->split[DICOM_SPLIT_B_VALUE]))
        read_vendor_b(data, f);
}

void read_group_splits(DcmItem &groups, struct dicom_frame *f)
{
    double value;
    for (const auto &row : grouped) {
        DcmItem *item = first_item(groups, row.sequence);
        if (item && get_numbers(*item, row.tag, 1, &value))
            f->split[row.which] = value;
    }
}

frame_types::frame_types(DcmItem &data, text_reader &text) : text_(text)
{
    if (DcmItem *shared = first_item(data, DCM_SharedFunctionalGroupsSequence))
        shared_ = type_of(*shared);
}

std::string frame_types::type_of(DcmItem &groups)
{
    static const DcmTagKey sequences[] = {DCM_MRImageFrameTypeSequence,
                                          DCM_CTImageFrameTypeSequence, DCM_PETFrameTypeSequence};
    for (const DcmTagKey &sequence : sequences) {
        DcmItem *item = first_item(groups, sequence);
        if (!item)
            continue;
        const std::string type = text_.get(*item, DCM_FrameType);
        const std::string component = text_.get(*item, DCM_ComplexImageComponent);
        return component.empty() ? type : type + "\\" + component;
    }
    return "";
}

uint32_t frame_types::of(DcmItem &groups)
{
    const std::string own = type_of(groups);
    return index_.emplace(own.empty() ? shared_ : own, index_.size()).first->second;
}

void frame_types::hand_over(struct dicom_names *out)
{
    out->item = static_cast<char **>(std::calloc(index_.size() + 1, sizeof(char *)));
    if (!out->item)
        throw std::bad_alloc();
    for (const auto &entry : index_)
        out->item[entry.second] = copy_text(entry.first);
    out->n = index_.size();
}

} // namespace radmill
