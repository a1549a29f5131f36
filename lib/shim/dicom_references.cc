#include "shim/dicom_references.h"

#include <cstring>

namespace radmill
{

namespace
{

void names_set(struct dicom_names *out, const std::set<std::string> &names)
{
    out->item = static_cast<char **>(std::calloc(names.size() + 1, sizeof(char *)));
    if (!out->item)
        throw std::bad_alloc();
    for (const std::string &name : names)
        out->item[out->n++] = copy_text(name);
}

void insert_text(std::set<std::string> &set, const std::string &text)
{
    if (!text.empty())
        set.insert(text);
}

void set_rois(struct dicom_header *h, const std::vector<dicom_roi> &rois)
{
    h->roi = copy_array(rois);
    h->rois = rois.size();
}

/* Segment number of a frame, from its functional groups; 0 when they do not say. */
int64_t segment_of(DcmItem &groups)
{
    int64_t number = 0;
    if (DcmItem *item = first_item(groups, DCM_SegmentIdentificationSequence))
        get_integer(*item, DCM_ReferencedSegmentNumber, &number);
    return number;
}

/* Adds contours or frames to the regions of a number; what belongs to none becomes a region without
 * a name, so that it is not lost in silence. */
void count_parts(std::vector<dicom_roi> &rois, int64_t number, int64_t parts)
{
    bool found = parts == 0;
    for (dicom_roi &r : rois)
        if (r.number == number && (number >= 0 || r.unnamed)) {
            r.contours += parts;
            found = true;
        }
    if (found)
        return;
    struct dicom_roi r = {};
    r.number = number;
    r.contours = parts;
    r.unnamed = 1;
    rois.push_back(r);
    rois.back().name = copy_text("");
    rois.back().frame_of_reference = copy_text("");
}

} // namespace

void read_structure_set(DcmItem &data, text_reader &text, struct dicom_header *h)
{
    std::set<std::string> series, instances, frames;
    each_item(data, DCM_ReferencedFrameOfReferenceSequence, [&](DcmItem &frame, size_t) {
        insert_text(frames, text.get(frame, DCM_FrameOfReferenceUID));
        each_item(frame, DCM_RTReferencedStudySequence, [&](DcmItem &study, size_t) {
            each_item(study, DCM_RTReferencedSeriesSequence, [&](DcmItem &item, size_t) {
                insert_text(series, text.get(item, DCM_SeriesInstanceUID));
            });
        });
    });
    std::vector<dicom_roi> rois;
    each_item(data, DCM_StructureSetROISequence, [&](DcmItem &item, size_t) {
        struct dicom_roi r = {};
        if (!get_integer(item, DCM_ROINumber, &r.number))
            r.number = -1;
        std::string frame = text.get(item, DCM_ReferencedFrameOfReferenceUID);
        insert_text(frames, frame);
        r.name = copy_text(text.get(item, DCM_ROIName));
        rois.push_back(r);
        rois.back().frame_of_reference = copy_text(frame);
    });
    each_item(data, DCM_ROIContourSequence, [&](DcmItem &item, size_t) {
        int64_t number = -1, contours = 0;
        get_integer(item, DCM_ReferencedROINumber, &number);
        each_item(item, DCM_ContourSequence, [&](DcmItem &contour, size_t) {
            contours++;
            each_item(contour, DCM_ContourImageSequence, [&](DcmItem &image, size_t) {
                insert_text(instances, text.get(image, DCM_ReferencedSOPInstanceUID));
            });
        });
        count_parts(rois, number, contours);
    });
    set_rois(h, rois);
    names_set(&h->series, series);
    names_set(&h->instances, instances);
    names_set(&h->frames_of_reference, frames);
}

bool is_segmentation_class(const char *sop_class)
{
    return std::strcmp(sop_class, DICOM_CLASS_OF_SEG) == 0 ||
           std::strcmp(sop_class, DICOM_CLASS_OF_LABELMAP) == 0;
}

std::set<int64_t> background_of(DcmItem &data, text_reader &text)
{
    std::set<int64_t> numbers;
    int64_t padding = 0;
    if (text.get(data, DCM_SegmentationType) != "LABELMAP")
        return numbers;
    numbers.insert(0);
    if (get_integer(data, DCM_PixelPaddingValue, &padding))
        numbers.insert(padding);
    return numbers;
}

void read_segmentation(DcmItem &data, text_reader &text, struct dicom_header *h)
{
    std::set<std::string> series, instances, frames;
    each_item(data, DCM_ReferencedSeriesSequence, [&](DcmItem &item, size_t) {
        insert_text(series, text.get(item, DCM_SeriesInstanceUID));
        each_item(item, DCM_ReferencedInstanceSequence, [&](DcmItem &instance, size_t) {
            insert_text(instances, text.get(instance, DCM_ReferencedSOPInstanceUID));
        });
    });
    insert_text(frames, h->text[DICOM_FRAME_OF_REFERENCE]);
    std::vector<dicom_roi> rois;
    /* a label map's frames may hold every segment; which they do, its pixels say */
    const std::set<int64_t> background = background_of(data, text);
    int64_t frames_of_each = 0;
    if (!background.empty())
        get_integer(data, DCM_NumberOfFrames, &frames_of_each);
    each_item(data, DCM_SegmentSequence, [&](DcmItem &item, size_t) {
        struct dicom_roi r = {};
        if (!get_integer(item, DCM_SegmentNumber, &r.number))
            r.number = -1;
        if (background.count(r.number))
            return;
        r.contours = frames_of_each;
        r.name = copy_text(text.get(item, DCM_SegmentLabel));
        rois.push_back(r);
        rois.back().frame_of_reference = copy_text(h->text[DICOM_FRAME_OF_REFERENCE]);
    });
    DcmItem *shared = first_item(data, DCM_SharedFunctionalGroupsSequence);
    int64_t everywhere = shared ? segment_of(*shared) : 0;
    each_item(data, DCM_PerFrameFunctionalGroupsSequence, [&](DcmItem &groups, size_t) {
        int64_t number = segment_of(groups);
        if (number || everywhere)
            count_parts(rois, number ? number : everywhere, 1);
        each_item(groups, DCM_DerivationImageSequence, [&](DcmItem &derivation, size_t) {
            each_item(derivation, DCM_SourceImageSequence, [&](DcmItem &source, size_t) {
                insert_text(instances, text.get(source, DCM_ReferencedSOPInstanceUID));
            });
        });
    });
    set_rois(h, rois);
    names_set(&h->series, series);
    names_set(&h->instances, instances);
    names_set(&h->frames_of_reference, frames);
}

} // namespace radmill
