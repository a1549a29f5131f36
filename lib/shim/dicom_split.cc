#include "shim/dicom_split.h"

extern "C" {
#include "shim/decimals.h"
}

#include <algorithm>
#include <cmath>
#include <cstring>

namespace radmill
{

namespace
{

/* Where a classic file has them; `values` numbers go to split[which], split[which + 1], ... */
const struct {
    enum dicom_split which;
    DcmTagKey tag;
    int values;
} classic[] = {
    {DICOM_SPLIT_TEMPORAL, DCM_TemporalPositionIdentifier, 1},
    {DICOM_SPLIT_ACQUISITION, DCM_AcquisitionNumber, 1},
    {DICOM_SPLIT_TRIGGER, DCM_TriggerTime, 1},
    {DICOM_SPLIT_ECHO, DCM_EchoTime, 1},
    {DICOM_SPLIT_B_VALUE, DCM_DiffusionBValue, 1},
    {DICOM_SPLIT_GRADIENT, DCM_DiffusionGradientOrientation, 3},
};

/* Where functional groups have them; `inner`: a sequence in the item of the first one. */
const DcmTagKey none(0xffff, 0xffff);
const struct {
    enum dicom_split which;
    DcmTagKey sequence, inner, tag;
    int values;
} grouped[] = {
    {DICOM_SPLIT_TEMPORAL, DCM_FrameContentSequence, none, DCM_TemporalPositionIndex, 1},
    {DICOM_SPLIT_ACQUISITION, DCM_FrameContentSequence, none, DCM_FrameAcquisitionNumber, 1},
    {DICOM_SPLIT_TRIGGER, DCM_CardiacSynchronizationSequence, none,
     DCM_NominalCardiacTriggerDelayTime, 1},
    {DICOM_SPLIT_ECHO, DCM_MREchoSequence, none, DCM_EffectiveEchoTime, 1},
    {DICOM_SPLIT_B_VALUE, DCM_MRDiffusionSequence, none, DCM_DiffusionBValue, 1},
    {DICOM_SPLIT_GRADIENT, DCM_MRDiffusionSequence, DCM_DiffusionGradientDirectionSequence,
     DCM_DiffusionGradientOrientation, 3},
};

/* b-values and directions of vendors, in their private blocks. */
const struct {
    enum dicom_split which;
    Uint16 group;
    const char *creator;
    Uint16 offset;
    int values, kept; /* numbers in the element, and how many of them are what is looked for */
} vendors[] = {
    {DICOM_SPLIT_B_VALUE, 0x0019, "SIEMENS MR HEADER", 0x0c, 1, 1},
    {DICOM_SPLIT_GRADIENT, 0x0019, "SIEMENS MR HEADER", 0x0e, 3, 3},
    {DICOM_SPLIT_B_VALUE, 0x2001, "Philips Imaging DD 001", 0x03, 1, 1},
    {DICOM_SPLIT_GRADIENT, 0x2005, "Philips MR Imaging DD 001", 0xb0, 1, 1},
    {DICOM_SPLIT_GRADIENT_Y, 0x2005, "Philips MR Imaging DD 001", 0xb1, 1, 1},
    {DICOM_SPLIT_GRADIENT_Z, 0x2005, "Philips MR Imaging DD 001", 0xb2, 1, 1},
    {DICOM_SPLIT_B_VALUE, 0x0043, "GEMS_PARM_01", 0x39, 4, 1},
    {DICOM_SPLIT_GRADIENT, 0x0019, "GEMS_ACQU_01", 0xbb, 1, 1},
    {DICOM_SPLIT_GRADIENT_Y, 0x0019, "GEMS_ACQU_01", 0xbc, 1, 1},
    {DICOM_SPLIT_GRADIENT_Z, 0x0019, "GEMS_ACQU_01", 0xbd, 1, 1},
};

/* Siemens' direction is of VR FD, and in no dictionary: where the data set does not say VRs it is
 * three numbers in bytes, little endian as every such data set. Other elements are texts then. */
bool get_vendor_numbers(const any_item &data, const DcmTagKey &tag, int n, double *out)
{
    std::string bytes;
    if (n != 3 || data.length(tag) != 3 * sizeof *out || !data.is_unknown(tag))
        return get_numbers(data, tag, n, out);
    if (!data.raw(tag, &bytes))
        return false;
    std::memcpy(out, bytes.data(), 3 * sizeof *out);
    return std::isfinite(out[0]) && std::isfinite(out[1]) && std::isfinite(out[2]);
}

/* Fills what the standard's own elements leave open. GE adds multiples of 10^9 to its b-values. */
void read_vendors(const any_item &data, struct dicom_frame *f)
{
    const bool has_b = !std::isnan(f->split[DICOM_SPLIT_B_VALUE]);
    const bool has_gradient = !std::isnan(f->split[DICOM_SPLIT_GRADIENT]);
    for (const DcmTagKey &block : data.owners()) {
        std::string creator;
        if (!data.owner(block, &creator))
            continue;
        for (const auto &row : vendors) {
            double value[4];
            const Uint16 element = static_cast<Uint16>(block.getElement() << 8 | row.offset);
            const DcmTagKey tag(block.getGroup(), element);
            if ((row.which == DICOM_SPLIT_B_VALUE ? has_b : has_gradient) ||
                block.getGroup() != row.group || creator != row.creator ||
                !get_vendor_numbers(data, tag, row.values, value))
                continue;
            if (row.which == DICOM_SPLIT_B_VALUE)
                value[0] = std::fmod(value[0], 1e9);
            std::copy(value, value + row.kept, f->split + row.which);
        }
    }
}

} // namespace

int32_t shown_decimals(const any_item &item, const DcmTagKey &tag)
{
    std::string text;
    if (item.length(tag) > 1024 || !item.raw(tag, &text))
        return 0;
    return decimals_shown(text.c_str(), text.size());
}

void read_splits(const any_item &data, struct dicom_frame *f)
{
    double value[3];
    for (const auto &row : classic)
        if (get_numbers(data, row.tag, row.values, value))
            std::copy(value, value + row.values, f->split + row.which);
    read_vendors(data, f);
}

void read_group_splits(const any_item &groups, struct dicom_frame *f)
{
    double value[3];
    for (const auto &row : grouped) {
        any_item item = groups.first(row.sequence);
        if (row.inner != none)
            item = item.first(row.inner);
        if (get_numbers(item, row.tag, row.values, value))
            std::copy(value, value + row.values, f->split + row.which);
    }
}

frame_types::frame_types(const any_item &data, text_reader &text) : text_(text)
{
    shared_ = type_of(data.first(DCM_SharedFunctionalGroupsSequence));
}

std::string frame_types::type_of(const any_item &groups)
{
    static const DcmTagKey sequences[] = {DCM_MRImageFrameTypeSequence,
                                          DCM_CTImageFrameTypeSequence, DCM_PETFrameTypeSequence};
    for (const DcmTagKey &sequence : sequences) {
        const any_item item = groups.first(sequence);
        if (!item)
            continue;
        const std::string type = text_.get(item, DCM_FrameType);
        const std::string component = text_.get(item, DCM_ComplexImageComponent);
        return component.empty() ? type : type + "\\" + component;
    }
    return "";
}

uint32_t frame_types::of(const any_item &groups)
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
