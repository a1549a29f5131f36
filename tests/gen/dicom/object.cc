#include "object.h"

extern "C" {
#include "base/sha1.h"
}

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dcmtk/dcmdata/dcpath.h>
#include <sstream>
#include <sys/stat.h>
#include <vector>

namespace gen
{

void fail(int status, const std::string &message)
{
    std::fprintf(stderr, "make_dicom: %s\n", message.c_str());
    std::exit(status);
}

std::string uid(const std::string &words)
{
    struct sha1 digest;
    char hex[41];
    sha1_init(&digest);
    sha1_add(&digest, words.data(), words.size());
    sha1_hex(&digest, hex);
    hex[16] = 0;
    return "2.25." + std::to_string(std::strtoull(hex, nullptr, 16));
}

std::string study_uid(const Spec &s)
{
    return uid("study/" + s.patient + "/" + s.study);
}
std::string series_uid(const Spec &s)
{
    return uid("series/" + s.patient + "/" + s.study + "/" + s.modality + "/" + s.series);
}
std::string frame_uid(const Spec &s)
{
    return uid("frame/" + s.patient + "/" + s.frame);
}
std::string instance_uid(const Spec &s, int k)
{
    return uid(series_uid(s) + "/" + s.instances + std::to_string(k));
}

std::string ds(double v)
{
    char text[64];
    for (int digits = 15; digits > 0; digits--) {
        std::snprintf(text, sizeof text, "%.*g", digits, v == 0 ? 0.0 : v);
        if (std::strlen(text) <= 16)
            break;
    }
    return text;
}

std::string ds(const std::vector<double> &v)
{
    std::string out;
    for (size_t i = 0; i < v.size(); i++)
        out += (i ? "\\" : "") + ds(v[i]);
    return out;
}

static OFCondition put_number(DcmItem *item, const DcmTagKey &tag, const std::string &value)
{
    DcmElement *element = nullptr;
    OFCondition ok = DcmItem::newDicomElement(element, tag);
    if (ok.good())
        ok = element->putString(value.c_str());
    if (ok.good())
        ok = item->insert(element, OFTrue);
    if (ok.bad())
        delete element;
    return ok;
}

void put(DcmItem *item, const DcmTagKey &tag, const std::string &value)
{
    OFCondition ok = item->putAndInsertOFStringArray(tag, OFString(value.data(), value.size()));
    if (ok.bad()) /* numbers in binary: DCMTK takes their text by another door */
        ok = put_number(item, tag, value);
    if (ok.bad())
        fail(1, std::string("cannot set ") + DcmTag(tag).getTagName() + ": " + ok.text());
}

DcmItem *append(DcmItem *item, const DcmTagKey &sequence)
{
    DcmItem *made = nullptr;
    OFCondition ok = item->findOrCreateSequenceItem(sequence, made, -2);
    if (ok.bad())
        fail(1,
             std::string("cannot append to ") + DcmTag(sequence).getTagName() + ": " + ok.text());
    return made;
}

void put_header(const Spec &s, DcmItem *d, const std::string &modality,
                const std::string &sop_class, const std::string &sop_instance,
                const std::string &series)
{
    put(d, DCM_SpecificCharacterSet, "ISO_IR 192");
    put(d, DCM_SOPClassUID, sop_class);
    put(d, DCM_SOPInstanceUID, sop_instance);
    put(d, DCM_StudyDate, s.date);
    put(d, DCM_SeriesDate, s.date);
    put(d, DCM_AcquisitionDate, s.date);
    put(d, DCM_ContentDate, s.date);
    put(d, DCM_StudyTime, "100000");
    put(d, DCM_SeriesTime, "101500");
    put(d, DCM_AcquisitionTime, "101500");
    put(d, DCM_ContentTime, "101500");
    put(d, DCM_AccessionNumber, "");
    put(d, DCM_Modality, modality);
    put(d, DCM_Manufacturer, "radmill make_dicom");
    put(d, DCM_ReferringPhysicianName, "");
    put(d, DCM_StudyDescription, "made");
    put(d, DCM_SeriesDescription, s.description);
    put(d, DCM_PatientName, s.name.empty() ? s.patient : s.name);
    put(d, DCM_PatientID, s.patient);
    put(d, DCM_PatientBirthDate, "");
    put(d, DCM_PatientSex, "O");
    put(d, DCM_PatientWeight, "70");
    put(d, DCM_StudyInstanceUID, study_uid(s));
    put(d, DCM_SeriesInstanceUID, series);
    put(d, DCM_StudyID, s.study);
    put(d, DCM_SeriesNumber, "1");
    put(d, DCM_FrameOfReferenceUID, frame_uid(s));
    put(d, DCM_PositionReferenceIndicator, "");
}

// The items that a path such as ROIContourSequence[0].ContourSequence[*] names; made, where they
// are asked for and not there.
static std::vector<DcmItem *> items_of(DcmItem *d, const std::string &path, bool create)
{
    DcmPathProcessor search;
    OFList<DcmPath *> found;
    std::vector<DcmItem *> items;
    if (search.findOrCreatePath(d, path.c_str(), create).good())
        search.getResults(found);
    for (DcmPath *p : found)
        if (auto *item = dynamic_cast<DcmItem *>(p->back()->m_obj))
            items.push_back(item);
    if (items.empty())
        fail(2, "no such item: " + path);
    return items;
}

// What no dictionary knows, as text.
static void put_private(DcmItem *d, const DcmTagKey &key, const std::string &value)
{
    DcmTag tag(key);
    tag.setVR(DcmVR(EVR_LO));
    DcmElement *element = new DcmLongString(tag);
    element->putString(value.c_str());
    if (d->insert(element, OFTrue).bad())
        fail(1, "cannot set a private element");
}

// A tag by its keyword; releases of DCMTK differ in which ones they call RETIRED_.
static bool tag_named(const std::string &keyword, DcmTag &tag)
{
    return DcmTag::findTagFromName(keyword.c_str(), tag).good() ||
           DcmTag::findTagFromName(("RETIRED_" + keyword).c_str(), tag).good();
}

static void apply(const Set &set, DcmItem *d)
{
    size_t dot = set.tag.rfind("].");
    if (dot != std::string::npos) {
        Set inner = set;
        inner.tag = set.tag.substr(dot + 2);
        for (DcmItem *item : items_of(d, set.tag.substr(0, dot + 1), !set.remove))
            apply(inner, item);
        return;
    }
    DcmTag tag;
    if (!tag_named(set.tag, tag))
        fail(2, "no such attribute: " + set.tag);
    if (set.remove)
        d->findAndDeleteElement(tag);
    else if (tag.isPrivate() && tag.getElement() >= 0x1000)
        put_private(d, tag, set.value);
    else
        put(d, tag, set.value);
}

void apply_sets(const Spec &s, DcmItem *d, const std::string &which)
{
    put_canary(s.canary, d);
    for (const Set &set : s.sets)
        if (set.which == "*" || set.which == which)
            apply(set, d);
}

const char *image_class(const Spec &s)
{
    if (s.modality == "CT")
        return s.enhanced ? UID_EnhancedCTImageStorage : UID_CTImageStorage;
    if (s.modality == "MR")
        return s.enhanced ? UID_EnhancedMRImageStorage : UID_MRImageStorage;
    if (s.modality == "PT")
        return s.enhanced ? UID_EnhancedPETImageStorage
                          : UID_PositronEmissionTomographyImageStorage;
    return UID_SecondaryCaptureImageStorage;
}

int slice_of_frame(const Spec &s, int n)
{
    return s.shuffle ? s.size[2] - 1 - n : n;
}

void put_image_reference(const Spec &s, DcmItem *item, int k)
{
    put(item, DCM_ReferencedSOPClassUID, image_class(s));
    put(item, DCM_ReferencedSOPInstanceUID, instance_uid(s, s.enhanced ? -1 : k));
    if (s.enhanced && k >= 0)
        put(item, DCM_ReferencedFrameNumber,
            std::to_string((s.drawn_on - 1) * s.size[2] + slice_of_frame(s, k) + 1));
}

void make_directories(const std::string &path)
{
    for (size_t at = 1; at <= path.size(); at++)
        if (at == path.size() || path[at] == '/')
            mkdir(path.substr(0, at).c_str(), 0777);
}

void write_bytes(const std::string &path, const std::string &bytes)
{
    FILE *f = std::fopen(path.c_str(), "wb");
    if (!f || std::fwrite(bytes.data(), 1, bytes.size(), f) != bytes.size() || std::fclose(f))
        fail(1, "cannot write " + path);
}

std::string read_bytes(const std::string &path)
{
    std::string bytes;
    char buffer[65536];
    FILE *f = std::fopen(path.c_str(), "rb");
    if (!f)
        fail(1, "cannot read " + path);
    for (size_t n; (n = std::fread(buffer, 1, sizeof buffer, f)) > 0;)
        bytes.append(buffer, n);
    std::fclose(f);
    return bytes;
}

void write_all(const Spec &s)
{
    if (!s.out.empty())
        s.enhanced ? write_enhanced(s) : write_series(s);
    if (!s.structure_set.empty())
        write_structure_set(s);
    if (!s.segmentation.empty())
        write_segmentation(s);
    if (!s.masks.empty())
        write_masks(s);
}

} // namespace gen
