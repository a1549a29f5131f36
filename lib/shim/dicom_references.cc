#include "shim/dicom_references.h"

#include "shim/dicom_image.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>

namespace radmill
{

namespace
{

/* The regions and references of one object while it is read. Images are kept by name until the
 * sorted list is complete and their indices are known. */
struct gathered {
    std::vector<dicom_roi> rois;
    std::vector<named_images> images_of_roi;
    std::vector<dicom_reference> references;
    std::vector<named_images> images_of_reference;

    gathered() = default;
    gathered(const gathered &) = delete;
    ~gathered() /* of an object that only DCMTK may interpret */
    {
        for (dicom_roi &r : rois)
            dicom_roi_free(&r);
        for (dicom_reference &r : references)
            dicom_reference_free(&r);
    }
};

/* One value of Referenced Frame Number. */
uint32_t frame_number(const std::string &text)
{
    char *end = nullptr;
    const long long n = std::strtoll(text.c_str(), &end, 10);
    const bool is_one = end != text.c_str() && *end == '\0' && n > 0 && n < DICOM_NO_FRAME;
    return is_one ? static_cast<uint32_t>(n) : DICOM_NO_FRAME;
}

void add_roi(gathered &all, int64_t number, const std::string &name, const std::string &frame)
{
    struct dicom_roi r = {};
    r.number = number;
    all.rois.push_back(r);
    all.images_of_roi.emplace_back();
    all.rois.back().name = copy_text(name);
    all.rois.back().frame_of_reference = copy_text(frame);
}

void add_reference(gathered &all, const std::string &frame, const std::string &series)
{
    all.references.push_back(dicom_reference{});
    all.images_of_reference.emplace_back();
    all.references.back().frame_of_reference = copy_text(frame);
    all.references.back().series = copy_text(series);
}

/* Adds contours or frames, and the images that they name, to the regions of a number; what belongs
 * to none becomes a region without a name, so that it is not lost in silence. */
void count_parts(gathered &all, int64_t number, int64_t parts, const named_images &images)
{
    bool found = parts == 0;
    for (size_t i = 0; i < all.rois.size(); i++) {
        dicom_roi &r = all.rois[i];
        if (r.number != number || (number < 0 && !r.unnamed))
            continue;
        r.contours += parts;
        all.images_of_roi[i].insert(images.begin(), images.end());
        found = true;
    }
    if (found)
        return;
    add_roi(all, number, "", "");
    all.rois.back().contours = parts;
    all.rois.back().unnamed = 1;
    all.images_of_roi.back() = images;
}

using places = std::map<std::string, uint32_t>;

struct dicom_named *indexes(const named_images &images, const places &place, size_t *n)
{
    std::vector<struct dicom_named> at;
    for (const auto &image : images)
        at.push_back({place.at(image.first), image.second});
    *n = at.size();
    return copy_array(at);
}

/* Moves everything into the header. */
void hand_over(gathered &all, struct dicom_header *h)
{
    places place;
    for (const auto *lists : {&all.images_of_roi, &all.images_of_reference})
        for (const named_images &images : *lists)
            for (const auto &image : images)
                place.emplace(image.first, 0);
    h->instances.item = static_cast<char **>(std::calloc(place.size() + 1, sizeof(char *)));
    if (!h->instances.item)
        throw std::bad_alloc();
    for (auto &entry : place) {
        entry.second = static_cast<uint32_t>(h->instances.n);
        h->instances.item[h->instances.n++] = copy_text(entry.first);
    }
    for (size_t i = 0; i < all.rois.size(); i++)
        all.rois[i].image = indexes(all.images_of_roi[i], place, &all.rois[i].images);
    for (size_t i = 0; i < all.references.size(); i++)
        all.references[i].image =
            indexes(all.images_of_reference[i], place, &all.references[i].images);
    h->roi = copy_array(all.rois);
    h->rois = all.rois.size();
    all.rois.clear();
    h->reference = copy_array(all.references);
    h->references = all.references.size();
    all.references.clear();
}

/* Referenced Frame of Reference Sequence: a reference for each series, or for a frame that is
 * declared without any. */
void read_declared(const any_item &data, text_reader &text, gathered &all)
{
    each_any(data, DCM_ReferencedFrameOfReferenceSequence, [&](const any_item &item) {
        const std::string frame = text.get(item, DCM_FrameOfReferenceUID);
        const size_t before = all.references.size();
        each_any(item, DCM_RTReferencedStudySequence, [&](const any_item &study) {
            each_any(study, DCM_RTReferencedSeriesSequence, [&](const any_item &series) {
                add_reference(all, frame, text.get(series, DCM_SeriesInstanceUID));
                each_any(series, DCM_ContourImageSequence, [&](const any_item &image) {
                    name_image(image, text, all.images_of_reference.back());
                });
            });
        });
        if (all.references.size() == before)
            add_reference(all, frame, "");
    });
}

void name_by_observations(const any_item &data, text_reader &text, gathered &all)
{
    observation_labels labels(data, text);
    for (dicom_roi &r : all.rois) {
        const std::string label = r.name[0] ? "" : labels.of(r.number);
        if (label.empty())
            continue;
        std::free(r.name);
        r.name = nullptr;
        r.name = copy_text(label);
        r.by_observation = 1;
    }
}

/* Segment number of a frame, from its functional groups; 0 when they do not say. */
int64_t segment_of(const any_item &groups)
{
    int64_t number = 0;
    get_integer(groups.first(DCM_SegmentIdentificationSequence), DCM_ReferencedSegmentNumber,
                &number);
    return number;
}

} // namespace

void name_image(const any_item &item, text_reader &text, named_images &images)
{
    const std::string uid = text.get(item, DCM_ReferencedSOPInstanceUID);
    const std::string frames = text.get(item, DCM_ReferencedFrameNumber);
    if (uid.empty())
        return;
    if (frames.empty())
        images.emplace(uid, 0);
    for (size_t from = 0, to; from < frames.size(); from = to + 1) {
        to = std::min(frames.find('\\', from), frames.size());
        images.emplace(uid, frame_number(frames.substr(from, to - from)));
    }
}

named_images sources_of(const any_item &groups, text_reader &text)
{
    named_images images;
    each_any(groups, DCM_DerivationImageSequence, [&](const any_item &derivation) {
        each_any(derivation, DCM_SourceImageSequence,
                 [&](const any_item &source) { name_image(source, text, images); });
    });
    return images;
}

std::string names_text(const named_images &images)
{
    std::string all;
    for (const auto &image : images) {
        all += all.empty() ? "" : "\\";
        all += image.first;
        all += image.second ? "#" + std::to_string(image.second) : "";
    }
    return all;
}

/* ROI Observation Label is retired, so that its name in DCMTK depends on the release. */
static const DcmTagKey roi_observation_label(0x3006, 0x0085);

std::string observation_labels::of(int64_t roi_number)
{
    if (!read_) {
        read_ = true;
        each_any(data_, DCM_RTROIObservationsSequence, [&](const any_item &item) {
            int64_t number;
            if (get_integer(item, DCM_ReferencedROINumber, &number) && number >= 0)
                label_.emplace(number, text_.get(item, roi_observation_label));
        });
    }
    auto found = label_.find(roi_number);
    return found == label_.end() ? "" : found->second;
}

void read_structure_set(const any_item &data, text_reader &text, struct dicom_header *h)
{
    gathered all;
    read_declared(data, text, all);
    each_any(data, DCM_StructureSetROISequence, [&](const any_item &item) {
        int64_t number;
        if (!get_integer(item, DCM_ROINumber, &number))
            number = -1;
        add_roi(all, number, text.get(item, DCM_ROIName),
                text.get(item, DCM_ReferencedFrameOfReferenceUID));
    });
    name_by_observations(data, text, all);
    each_any(data, DCM_ROIContourSequence, [&](const any_item &item) {
        int64_t number = -1, contours = 0;
        named_images images;
        get_integer(item, DCM_ReferencedROINumber, &number);
        each_any(item, DCM_ContourSequence, [&](const any_item &contour) {
            contours++;
            each_any(contour, DCM_ContourImageSequence,
                     [&](const any_item &image) { name_image(image, text, images); });
        });
        count_parts(all, number, contours, images);
    });
    hand_over(all, h);
}

std::set<int64_t> background_of(const any_item &data, text_reader &text)
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

void read_segmentation(const any_item &data, text_reader &text, struct dicom_header *h)
{
    gathered all;
    const std::string frame = h->text[DICOM_FRAME_OF_REFERENCE];
    each_any(data, DCM_ReferencedSeriesSequence, [&](const any_item &item) {
        add_reference(all, frame, text.get(item, DCM_SeriesInstanceUID));
        each_any(item, DCM_ReferencedInstanceSequence, [&](const any_item &instance) {
            name_image(instance, text, all.images_of_reference.back());
        });
    });
    if (all.references.empty())
        add_reference(all, frame, "");
    /* a frame of a label map may hold any segment; only its pixels tell which */
    const std::set<int64_t> background = background_of(data, text);
    int64_t frames_of_each = 0;
    if (!background.empty())
        get_integer(data, DCM_NumberOfFrames, &frames_of_each);
    each_any(data, DCM_SegmentSequence, [&](const any_item &item) {
        int64_t number;
        if (!get_integer(item, DCM_SegmentNumber, &number))
            number = -1;
        if (background.count(number))
            return;
        add_roi(all, number, text.get(item, DCM_SegmentLabel), frame);
        all.rois.back().contours = frames_of_each;
    });
    const int64_t everywhere = segment_of(data.first(DCM_SharedFunctionalGroupsSequence));
    each_any(data, DCM_PerFrameFunctionalGroupsSequence, [&](const any_item &groups) {
        int64_t number = segment_of(groups);
        if (!background.empty())
            for (named_images &images : all.images_of_roi)
                images.merge(sources_of(groups, text));
        else if (number || everywhere)
            count_parts(all, number ? number : everywhere, 1, sources_of(groups, text));
    });
    hand_over(all, h);
}

} // namespace radmill
