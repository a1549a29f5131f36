// RT structure sets: contours of shapes on the planes of the slices.
#include "geometry.h"
#include "object.h"

#include <algorithm>

namespace gen
{

static std::string contour_data(const Spec &s, const Geometry &g, const Roi &roi,
                                std::vector<Vec> points, size_t *count)
{
    if (roi.reversed)
        std::reverse(points.begin(), points.end());
    if (roi.crossed && points.size() > 3)
        std::swap(points[0], points[points.size() / 2]);
    if (roi.cut && (int)points.size() > roi.cut)
        points.resize(roi.cut);
    std::string text;
    *count = 0;
    for (size_t i = 0; i < points.size(); i++) {
        Vec p = patient(s, g, points[i]) + (roi.off_mm + i % 2 * roi.lift_mm) * g.step;
        for (int n = 0; n < (roi.repeat_points ? 2 : 1); n++, ++*count)
            text += (text.empty() ? "" : "\\") + ds({p.x, p.y, p.z});
    }
    if (roi.broken == "number")
        text = "1\\2\\nonsense" + text.substr(text.find('\\'));
    if (roi.broken == "triple")
        text = text.substr(0, text.rfind('\\'));
    if (roi.broken == "trail" || roi.broken == "trail2")
        text += roi.broken == "trail" ? "\\" : "\\\\";
    if (roi.broken == "count")
        *count += 5;
    return text;
}

static void put_contour(const Spec &s, const Geometry &g, DcmItem *item, const Roi &roi,
                        const std::vector<Vec> &points, int k)
{
    size_t count = 0;
    std::string data = contour_data(s, g, roi, points, &count);
    DcmItem *contour = append(item, DCM_ContourSequence);
    if (s.reference_images)
        put_image_reference(s, append(contour, DCM_ContourImageSequence), k);
    put(contour, DCM_ContourGeometricType, roi.type);
    put(contour, DCM_NumberOfContourPoints, std::to_string(count));
    put(contour, DCM_ContourData, data);
}

static void put_roi(const Spec &s, const Geometry &g, DcmItem *item, const Roi &roi)
{
    put(item, DCM_ROIDisplayColor, "255\\64\\64");
    if (roi.empty)
        return;
    for (int n = 0; n < s.size[2]; n += roi.every) {
        int k = roi.reversed ? s.size[2] - 1 - n : n;
        for (const Shape &shape : roi.shapes)
            for (const auto &polygon : outline(roi, shape, local(s, 0, 0, k).z))
                for (int copy = 0; copy < (roi.twice ? 2 : 1); copy++)
                    put_contour(s, g, item, roi, polygon, k);
    }
}

static void put_references(const Spec &s, DcmItem *d)
{
    DcmItem *frame = append(d, DCM_ReferencedFrameOfReferenceSequence);
    put(frame, DCM_FrameOfReferenceUID, frame_uid(s));
    if (!s.reference_images)
        return;
    DcmItem *study = append(frame, DCM_RTReferencedStudySequence);
    put(study, DCM_ReferencedSOPClassUID, UID_RETIRED_DetachedStudyManagementSOPClass);
    put(study, DCM_ReferencedSOPInstanceUID, study_uid(s));
    DcmItem *series = append(study, DCM_RTReferencedSeriesSequence);
    put(series, DCM_SeriesInstanceUID, series_uid(s));
    for (int k = s.enhanced ? -1 : 0; k < (s.enhanced ? 0 : s.size[2]); k++)
        put_image_reference(s, append(series, DCM_ContourImageSequence), k);
}

static void put_roi_item(const Spec &s, DcmItem *d, const Roi &roi, int number)
{
    DcmItem *item = append(d, DCM_StructureSetROISequence);
    put(item, DCM_ROINumber, std::to_string(number));
    put(item, DCM_ReferencedFrameOfReferenceUID, frame_uid(s));
    put(item, DCM_ROIName, roi.name);
    put(item, DCM_ROIGenerationAlgorithm, "MANUAL");
    DcmItem *observation = append(d, DCM_RTROIObservationsSequence);
    put(observation, DCM_ObservationNumber, std::to_string(number));
    put(observation, DCM_ReferencedROINumber, std::to_string(number));
    put(observation, DCM_RTROIInterpretedType, "ORGAN");
    put(observation, DCM_ROIInterpreter, "");
}

void write_structure_set(const Spec &s)
{
    Geometry g = geometry(s);
    DcmFileFormat file;
    DcmDataset *d = file.getDataset();
    std::string words =
        "rs/" + series_uid(s) + "/" + s.structure_label + s.structure_date + s.structure_time;
    put_header(s, d, "RTSTRUCT", UID_RTStructureSetStorage, uid(words), uid("series/" + words));
    put(d, DCM_StructureSetLabel, s.structure_label);
    put(d, DCM_StructureSetDate, s.structure_date);
    put(d, DCM_StructureSetTime, s.structure_time);
    put_references(s, d);
    int number = 0;
    for (const Roi &roi : s.rois) {
        number = roi.number ? roi.number : number + 1;
        if (!roi.orphan)
            put_roi_item(s, d, roi, number);
        if (roi.unlisted)
            continue;
        DcmItem *contours = append(d, DCM_ROIContourSequence);
        put_roi(s, g, contours, roi);
        put(contours, DCM_ReferencedROINumber, std::to_string(number));
    }
    file.getMetaInfo()->putAndInsertString(DCM_MediaStorageSOPClassUID, UID_RTStructureSetStorage);
    apply_sets(s, d, "rs");
    make_directories(s.structure_set.substr(0, s.structure_set.rfind('/') + 1));
    const bool plain = s.syntax == "explicit" || s.syntax == "big" || s.syntax == "deflated";
    save(s, file, s.structure_set, plain ? s.syntax : "implicit", "rs");
}

} // namespace gen
