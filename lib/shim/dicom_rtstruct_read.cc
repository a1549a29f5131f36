#include "shim/dicom_rtstruct_read.h"

#include "shim/decimals.h"
#include "shim/dicom_references.h"

#include <algorithm>
#include <cstdlib>
#include <map>

using namespace radmill;

namespace
{

enum contour_kind kind_of(const std::string &type)
{
    static const struct {
        const char *name;
        enum contour_kind kind;
    } table[] = {
        {"CLOSED_PLANAR", CONTOUR_CLOSED_PLANAR},
        {"CLOSEDPLANAR_XOR", CONTOUR_CLOSED_PLANAR_XOR},
        {"OPEN_PLANAR", CONTOUR_OPEN_PLANAR},
        {"OPEN_NONPLANAR", CONTOUR_OPEN_NONPLANAR},
        {"POINT", CONTOUR_POINT},
    };
    for (const auto &row : table)
        if (type == row.name)
            return row.kind;
    return CONTOUR_UNREADABLE;
}

void read_contour(const any_item &item, bool coordinates, text_reader &text, struct contour *out)
{
    out->kind = kind_of(text.get(item, DCM_ContourGeometricType));
    const char *data;
    size_t n;
    if (!coordinates || out->kind == CONTOUR_UNREADABLE ||
        !item.decimals(DCM_ContourData, &data, &n))
        return;
    out->trailed = decimals_drop_empty_last(data, &n);
    size_t values = decimals_count(data, n);
    out->point_mm = new_array<double>(values);
    if (values % 3 != 0 || !decimals_parse(data, n, out->point_mm))
        out->kind = CONTOUR_UNREADABLE;
    else
        out->points = values / 3;
    int64_t said;
    out->miscounted = get_integer(item, DCM_NumberOfContourPoints, &said) &&
                      static_cast<uint64_t>(said) != out->points;
}

std::string images_of(const any_item &contour, text_reader &text)
{
    named_images images;
    each_any(contour, DCM_ContourImageSequence,
             [&](const any_item &image) { name_image(image, text, images); });
    return names_text(images);
}

/* Appends the contours of one item of ROI Contour Sequence to those of the ROI. */
void read_contours(const any_item &item, bool coordinates, text_reader &text,
                   struct rtstruct_roi *roi)
{
    size_t more = 0;
    each_any(item, DCM_ContourSequence, [&](const any_item &) { more++; });
    struct contour *all = new_array<struct contour>(roi->contours + more);
    std::copy(roi->contour, roi->contour + roi->contours, all);
    std::free(roi->contour);
    roi->contour = all;
    char **images = new_array<char *>(roi->contours + more);
    std::copy(roi->image, roi->image + roi->contours, images);
    std::free(roi->image);
    roi->image = images;
    each_any(item, DCM_ContourSequence, [&](const any_item &contour) {
        size_t i = roi->contours++;
        read_contour(contour, coordinates, text, &roi->contour[i]);
        roi->image[i] = copy_text(coordinates ? images_of(contour, text) : "");
    });
}

/* Contours whose number no ROI has become a region without a name, so that they are not lost
 * silently. */
struct rtstruct_roi *add_unnamed(struct rtstruct *set, int64_t number)
{
    struct rtstruct_roi *roi = &set->roi[set->rois++];
    roi->number = number;
    roi->name = copy_text("");
    roi->frame_of_reference = copy_text("");
    roi->unnamed = true;
    return roi;
}

void read_rois(const any_item &data, text_reader &text, struct rtstruct *set)
{
    size_t n = 0;
    each_any(data, DCM_StructureSetROISequence, [&](const any_item &) { n++; });
    each_any(data, DCM_ROIContourSequence, [&](const any_item &) { n++; });
    set->roi = new_array<struct rtstruct_roi>(n); /* room for unnamed ones */
    observation_labels labels(data, text);
    each_any(data, DCM_StructureSetROISequence, [&](const any_item &item) {
        struct rtstruct_roi *roi = &set->roi[set->rois++];
        if (!get_integer(item, DCM_ROINumber, &roi->number))
            roi->number = -1;
        const size_t before = text.guesses();
        std::string name = text.get(item, DCM_ROIName);
        if (name.empty()) {
            name = labels.of(roi->number);
            roi->by_observation = !name.empty();
        }
        roi->name = copy_text(name);
        roi->guessed = text.guesses() > before;
        roi->frame_of_reference = copy_text(text.get(item, DCM_ReferencedFrameOfReferenceUID));
    });
}

} // namespace

void radmill::read_rtstruct(const any_item &data, text_reader &text, bool contours,
                            struct rtstruct *set)
{
    set->sop_uid = copy_text(text.get(data, DCM_SOPInstanceUID));
    set->label = copy_text(text.get(data, DCM_StructureSetLabel));
    read_rois(data, text, set);
    std::map<int64_t, struct rtstruct_roi *> by_number;
    for (size_t i = 0; i < set->rois; i++) {
        if (set->roi[i].number < 0) /* nothing can refer to it */
            continue;
        auto place = by_number.emplace(set->roi[i].number, &set->roi[i]);
        if (!place.second)
            set->roi[i].ambiguous = place.first->second->ambiguous = true;
    }
    each_any(data, DCM_ROIContourSequence, [&](const any_item &item) {
        int64_t number = -1;
        get_integer(item, DCM_ReferencedROINumber, &number);
        auto place = by_number.find(number);
        if (place == by_number.end() && item.first(DCM_ContourSequence))
            place = by_number.emplace(number, add_unnamed(set, number)).first;
        if (place != by_number.end() && !place->second->ambiguous)
            read_contours(item, contours && !place->second->unnamed, text, place->second);
    });
}

void rtstruct_free(struct rtstruct *set)
{
    for (size_t i = 0; i < set->rois; i++) {
        struct rtstruct_roi *roi = &set->roi[i];
        for (size_t c = 0; c < roi->contours; c++)
            std::free(roi->contour[c].point_mm);
        for (size_t c = 0; c < roi->contours && roi->image; c++)
            std::free(roi->image[c]);
        std::free(roi->contour);
        std::free(roi->image);
        std::free(roi->name);
        std::free(roi->frame_of_reference);
    }
    std::free(set->roi);
    std::free(set->sop_uid);
    std::free(set->label);
    *set = rtstruct{};
}
