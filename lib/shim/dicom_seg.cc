#include "shim/dicom_seg.h"

#include "shim/dicom_image.h"
#include "shim/dicom_references.h"
#include "shim/dicom_seg_pixels.h"
#include "shim/dicom_stream.h"
#include "shim/dicom_whole.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace radmill;

namespace
{

/* The item of a functional group macro: the frame's own, else the shared one; or null. */
DcmItem *group_of(DcmItem *own, DcmItem *shared, const DcmTagKey &macro)
{
    DcmItem *found = own ? first_item(*own, macro) : nullptr;
    return found || !shared ? found : first_item(*shared, macro);
}

void numbers_or_refuse(DcmItem *item, const DcmTagKey &tag, int n, double *out, const char *what)
{
    if (!item || !get_numbers(*item, tag, n, out))
        refuse_seg(std::string("a frame without ") + what);
}

void place_frame(DcmItem *own, DcmItem *shared, struct seg_frame *f)
{
    DcmItem *measures = group_of(own, shared, DCM_PixelMeasuresSequence);
    double between[2];
    numbers_or_refuse(group_of(own, shared, DCM_PlanePositionSequence), DCM_ImagePositionPatient, 3,
                      f->position_mm, "Image Position (Patient)");
    numbers_or_refuse(group_of(own, shared, DCM_PlaneOrientationSequence),
                      DCM_ImageOrientationPatient, 6, f->direction, "Image Orientation (Patient)");
    numbers_or_refuse(measures, DCM_PixelSpacing, 2, between, "Pixel Spacing");
    if (!(between[0] > 0) || !(between[1] > 0))
        refuse_seg("a Pixel Spacing that is not positive");
    f->spacing_mm[0] = between[1]; /* DICOM: rows first */
    f->spacing_mm[1] = between[0];
    if (!get_numbers(*measures, DCM_SpacingBetweenSlices, 1, &f->thickness_mm) &&
        !get_numbers(*measures, DCM_SliceThickness, 1, &f->thickness_mm))
        f->thickness_mm = 0;
}

void name_frame(DcmItem *own, DcmItem *shared, pixel_kind kind, struct seg_frame *f)
{
    f->segment = -1;
    if (kind == LABELS)
        return;
    DcmItem *item = group_of(own, shared, DCM_SegmentIdentificationSequence);
    if (!item || !get_integer(*item, DCM_ReferencedSegmentNumber, &f->segment))
        refuse_seg("a frame without Referenced Segment Number");
}

void read_frames(DcmItem &data, text_reader &text, pixel_kind kind, struct seg *s)
{
    int64_t frames = 0;
    if (!get_integer(data, DCM_NumberOfFrames, &frames) || frames < 0 || frames > INT32_MAX)
        refuse_seg("no Number of Frames");
    size_t described = 0;
    each_item(data, DCM_PerFrameFunctionalGroupsSequence, [&](DcmItem &, size_t) { described++; });
    if (described != static_cast<size_t>(frames))
        refuse_seg(std::to_string(frames) + " frames, of which " + std::to_string(described) +
                   " are described");
    s->frame = new_array<struct seg_frame>(described);
    DcmItem *shared = first_item(data, DCM_SharedFunctionalGroupsSequence);
    each_item(data, DCM_PerFrameFunctionalGroupsSequence, [&](DcmItem &own, size_t i) {
        place_frame(&own, shared, &s->frame[i]);
        s->frames = i + 1;
        s->frame[i].images = copy_text(names_text(sources_of(own, text)));
        name_frame(&own, shared, kind, &s->frame[i]);
    });
}

void read_segments(DcmItem &data, text_reader &text, struct seg *s)
{
    size_t n = 0;
    const std::set<int64_t> background = background_of(data, text);
    each_item(data, DCM_SegmentSequence, [&](DcmItem &, size_t) { n++; });
    s->segment = new_array<struct seg_segment>(n);
    std::map<int64_t, struct seg_segment *> by_number;
    each_item(data, DCM_SegmentSequence, [&](DcmItem &item, size_t) {
        int64_t number = -1;
        get_integer(item, DCM_SegmentNumber, &number);
        if (background.count(number))
            return;
        struct seg_segment *segment = &s->segment[s->segments++];
        segment->number = number;
        const size_t before = text.guesses();
        segment->name = copy_text(text.get(item, DCM_SegmentLabel));
        segment->guessed = text.guesses() > before;
        auto place = by_number.emplace(segment->number, segment);
        if (!place.second)
            segment->ambiguous = place.first->second->ambiguous = true;
    });
}

/* Numbers that frames or pixels carry. */
std::set<int64_t> numbers_in_use(const struct seg *s, const pixel_store *p)
{
    std::set<int64_t> used;
    for (size_t f = 0; f < s->frames && p->kind != LABELS; f++)
        used.insert(s->frame[f].segment);
    size_t labels = p->kind == LABELS ? s->frames * static_cast<size_t>(s->rows * s->columns) : 0;
    std::vector<bool> seen(65536);
    for (size_t i = 0; i < labels; i++)
        seen[p->bits == 8 ? p->byte[i] : p->byte[2 * i] | p->byte[2 * i + 1] << 8] = true;
    for (size_t label = 0; label < seen.size(); label++)
        if (seen[label] && !p->background.count(static_cast<int64_t>(label)))
            used.insert(static_cast<int64_t>(label));
    return used;
}

/* Frames or labels of an unknown number become a segment without a name, so that they are not lost
 * silently. */
void add_unnamed(struct seg *s, const pixel_store *p)
{
    std::set<int64_t> unknown = numbers_in_use(s, p);
    for (size_t i = 0; i < s->segments; i++)
        unknown.erase(s->segment[i].number);
    struct seg_segment *all = new_array<struct seg_segment>(s->segments + unknown.size());
    std::copy(s->segment, s->segment + s->segments, all);
    std::free(s->segment);
    s->segment = all;
    for (int64_t number : unknown) {
        struct seg_segment *segment = &s->segment[s->segments++];
        segment->number = number;
        segment->name = copy_text("");
        segment->unnamed = true;
    }
}

void read_all(const char *path, bool frames, struct seg *s, pixel_store *p)
{
    DcmDataset &data = *p->file.getDataset();
    text_reader text;
    s->sop_uid = copy_text(text.get(data, DCM_SOPInstanceUID));
    s->label = copy_text(text.get(data, DCM_ContentLabel));
    s->frame_of_reference = copy_text(text.get(data, DCM_FrameOfReferenceUID));
    read_segments(data, text, s);
    s->forgiven = forgiven_in(p->file, text);
    if (!frames)
        return;
    p->kind = seg_kind_of(text.get(data, DCM_SegmentationType));
    read_seg_layout(data, s, p);
    read_frames(data, text, p->kind, s);
    p->background = background_of(data, text);
    read_seg_pixels(path, s, p);
    add_unnamed(s, p);
}

} // namespace

bool seg_read(const char *path, bool frames, struct seg *s, struct err *e)
{
    *s = seg{};
    bool ok = dicom_guard(e, [&] {
        pixel_store *p = new pixel_store;
        s->pixels = p;
        OFCondition read = load_file(p->file, path, read_length(path));
        if (read.bad())
            return err_set(e, ERR_REFUSED, "%s: %s", path, read.text());
        if (!is_segmentation_class(class_of(p->file).c_str()))
            return err_set(e, ERR_REFUSED, "%s: not a segmentation", path);
        try {
            read_all(path, frames, s, p);
        } catch (const std::runtime_error &x) {
            return err_set(e, ERR_REFUSED, "%s: %s", path, x.what());
        }
        return true;
    });
    if (!ok)
        seg_free(s);
    return ok;
}

void seg_row(const struct seg *s, size_t frame, int64_t row, int64_t segment, uint8_t *out)
{
    const pixel_store *p = static_cast<const pixel_store *>(s->pixels);
    uint64_t first = (static_cast<uint64_t>(frame) * static_cast<uint64_t>(s->rows) +
                      static_cast<uint64_t>(row)) *
                     static_cast<uint64_t>(s->columns);
    for (int64_t c = 0; c < s->columns; c++) {
        uint64_t at = first + static_cast<uint64_t>(c);
        if (p->bits == 1) /* least significant bit first, frames not aligned to bytes */
            out[c] = p->byte[at / 8] >> (at % 8) & 1;
        else if (p->kind == LABELS)
            out[c] = segment ==
                     (p->bits == 8 ? p->byte[at] : p->byte[2 * at] | p->byte[2 * at + 1] << 8);
        else
            out[c] = p->kind == FRACTION ? 2 * p->byte[at] >= p->maximum : p->byte[at] != 0;
    }
}

void seg_free(struct seg *s)
{
    for (size_t i = 0; i < s->segments; i++)
        std::free(s->segment[i].name);
    std::free(s->segment);
    for (size_t i = 0; i < s->frames; i++)
        std::free(s->frame[i].images);
    std::free(s->frame);
    std::free(s->sop_uid);
    std::free(s->label);
    std::free(s->frame_of_reference);
    if (s->pixels) /* freeing recurses as deeply as the file is nested */
        run_deep([&] { delete static_cast<pixel_store *>(s->pixels); });
    *s = seg{};
}
