// The command line of make_dicom: one table from which parsing and help come.
#include "spec.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <sstream>

namespace gen
{

static std::vector<double> numbers(const std::string &text, size_t at_least,
                                   const std::string &what)
{
    std::vector<double> out;
    std::stringstream in(text);
    for (std::string word; std::getline(in, word, ',');) {
        char *end = nullptr;
        out.push_back(std::strtod(word.c_str(), &end));
        if (word.empty() || *end)
            fail(2, what + ": not a number: " + word);
    }
    if (out.size() < at_least)
        fail(2, what + ": needs " + std::to_string(at_least) + " numbers");
    return out;
}

static Shape parse_shape(const std::string &kind, const std::string &text)
{
    static const std::map<std::string, std::pair<Shape::Kind, size_t>> kinds = {
        {"sphere", {Shape::SPHERE, 4}},
        {"box", {Shape::BOX, 6}},
        {"tube", {Shape::TUBE, 5}},
        {"ring", {Shape::RING, 6}},
        {"prism", {Shape::PRISM, 6}}};
    auto it = kinds.find(kind);
    if (it == kinds.end())
        fail(2, "unknown shape " + kind);
    std::vector<double> v = numbers(text, it->second.second, kind);
    Shape h;
    h.kind = it->second.first;
    if (h.kind == Shape::PRISM) {
        h.centre.z = v[0];
        h.height = v[1];
        for (size_t i = 2; i + 1 < v.size(); i += 2)
            h.corner.push_back({v[i], v[i + 1], 0});
        return h;
    }
    h.centre = {v[0], v[1], v[2]};
    h.radius = v[3];
    if (h.kind == Shape::BOX)
        h.size = {v[3], v[4], v[5]};
    if (h.kind == Shape::TUBE)
        h.height = v[4];
    if (h.kind == Shape::RING) {
        h.inner = v[4];
        h.height = v[5];
    }
    return h;
}

static void parse_flag(Roi &r, const std::string &word)
{
    static const std::map<std::string, std::function<void(Roi &, const std::string &)>> flags = {
        {"points", [](Roi &x, const std::string &v) { x.points = std::atoi(v.c_str()); }},
        {"every", [](Roi &x, const std::string &v) { x.every = std::atoi(v.c_str()); }},
        {"cut", [](Roi &x, const std::string &v) { x.cut = std::atoi(v.c_str()); }},
        {"number", [](Roi &x, const std::string &v) { x.number = std::atoi(v.c_str()); }},
        {"tiles", [](Roi &x, const std::string &v) { x.tiles = std::atoi(v.c_str()); }},
        {"lift", [](Roi &x, const std::string &v) { x.lift_mm = std::atof(v.c_str()); }},
        {"orphan", [](Roi &x, const std::string &) { x.orphan = true; }},
        {"off", [](Roi &x, const std::string &v) { x.off_mm = std::atof(v.c_str()); }},
        {"hu", [](Roi &x, const std::string &v) { x.hu = std::atof(v.c_str()); }},
        {"type", [](Roi &x, const std::string &v) { x.type = v; }},
        {"broken", [](Roi &x, const std::string &v) { x.broken = v; }},
        {"keyhole", [](Roi &x, const std::string &) { x.keyhole = true; }},
        {"twice", [](Roi &x, const std::string &) { x.twice = true; }},
        {"unlisted", [](Roi &x, const std::string &) { x.unlisted = true; }},
        {"empty", [](Roi &x, const std::string &) { x.empty = true; }},
        {"reversed", [](Roi &x, const std::string &) { x.reversed = true; }},
        {"crossed", [](Roi &x, const std::string &) { x.crossed = true; }},
        {"repeat", [](Roi &x, const std::string &) { x.repeat_points = true; }},
    };
    size_t equals = word.find('=');
    auto it = flags.find(word.substr(0, equals));
    if (it == flags.end())
        fail(2, "unknown word in a ROI: " + word);
    it->second(r, equals == std::string::npos ? "" : word.substr(equals + 1));
}

Roi parse_roi(const std::string &name, const std::string &text)
{
    Roi r;
    r.name = name;
    std::stringstream in(text);
    for (std::string word; in >> word;) {
        size_t colon = word.find(':');
        if (colon == std::string::npos)
            parse_flag(r, word);
        else
            r.shapes.push_back(parse_shape(word.substr(0, colon), word.substr(colon + 1)));
    }
    if (r.every < 1 || r.points < 1 || r.tiles < 1)
        fail(2, "ROI " + name + ": every, points and tiles are at least 1");
    return r;
}

static Set parse_set(const std::string &text, bool remove)
{
    Set set;
    set.remove = remove;
    size_t colon = text.find(':'), equals = text.find('=');
    if (colon == std::string::npos || (!remove && equals == std::string::npos))
        fail(2, "expected WHICH:TAG" + std::string(remove ? "" : "=VALUE") + ": " + text);
    set.which = text.substr(0, colon);
    set.tag = text.substr(colon + 1, remove ? std::string::npos : equals - colon - 1);
    set.value = remove ? "" : text.substr(equals + 1);
    return set;
}

static void parse_size(Spec &s, const std::string &v)
{
    if (std::sscanf(v.c_str(), "%dx%dx%d", &s.size[0], &s.size[1], &s.size[2]) != 3 ||
        s.size[0] < 1 || s.size[1] < 1 || s.size[2] < 1)
        fail(2, "--size NXxNYxNZ: " + v);
}

static void parse_fault(Spec &s, const std::string &v)
{
    static const char *const known[] = {"missing", "duplicate", "overlap",     "uneven",
                                        "tilt",    "size",      "orientation", "pixel",
                                        "syntax",  "localizer", "truncate",    "garbage"};
    size_t equals = v.find('=');
    std::string name = v.substr(0, equals);
    for (const char *k : known)
        if (name == k) {
            s.faults.insert({name, equals == std::string::npos ? "" : v.substr(equals + 1)});
            return;
        }
    fail(2, "unknown fault " + name);
}

struct Option {
    const char *name, *value, *help; // value NULL: a switch
    std::function<void(Spec &, const std::string &)> set;
};

#define TEXT(member)   [](Spec &s, const std::string &v) { s.member = v; }
#define NUMBER(member) [](Spec &s, const std::string &v) { s.member = numbers(v, 1, #member)[0]; }

static const std::vector<Option> &options()
{
    static const std::vector<Option> table = {
        {"-o", "DIR", "write the image series here", TEXT(out)},
        {"--patient", "ID", "PatientID [P1]", TEXT(patient)},
        {"--name", "NAME", "PatientName [the id]", TEXT(name)},
        {"--canary", "WORD",
         "in every name, id, comment and description but PatientID and what the device is",
         TEXT(canary)},
        {"--modality", "CT|MR|PT|...", "[CT]; an unknown one is written as secondary capture",
         TEXT(modality)},
        {"--study", "WORD", "part of the study's UID [1]", TEXT(study)},
        {"--series", "WORD", "part of the series' UID [1]", TEXT(series)},
        {"--instances", "WORD", "part of the images' UIDs, for several volumes of one series",
         TEXT(instances)},
        {"--frame", "WORD", "part of the frame of reference's UID [1]", TEXT(frame)},
        {"--date", "YYYYMMDD", "study date [20200115]", TEXT(date)},
        {"--description", "TEXT", "SeriesDescription [made]", TEXT(description)},
        {"--size", "NXxNYxNZ", "voxels [64x64x24]", parse_size},
        {"--spacing", "X,Y,Z", "millimetres [2,2,3]",
         [](Spec &s, const std::string &v) {
             std::vector<double> n = numbers(v, 3, "--spacing");
             for (int a = 0; a < 3; a++)
                 s.spacing[a] = n[a];
         }},
        {"--centre", "X,Y,Z", "patient position of the volume's centre [0,0,0]",
         [](Spec &s, const std::string &v) {
             std::vector<double> n = numbers(v, 3, "--centre");
             s.centre = {n[0], n[1], n[2]};
         }},
        {"--origin", "X,Y,Z", "patient position of the first voxel's centre, instead of --centre",
         [](Spec &s, const std::string &v) {
             std::vector<double> n = numbers(v, 3, "--origin");
             s.origin = {n[0], n[1], n[2]};
             s.has_origin = true;
         }},
        {"--orientation", "axial|sagittal|coronal|oblique:RX,RY,RZ",
         "[axial]; angles in degrees, about x, then y, then z", TEXT(orientation)},
        {"--position", "HFS|HFP|FFS|FFP|HFDR|HFDL|FFDR|FFDL",
         "patient position; turns an axial picture as a scanner does [HFS]", TEXT(position)},
        {"--pixel", "int8|uint8|int16|uint16|int32|uint32|float|double", "stored type [int16]",
         TEXT(pixel)},
        {"--bits-stored", "N", "fewer bits than allocated",
         [](Spec &s, const std::string &v) {
             s.bits_stored = (int)numbers(v, 1, "--bits-stored")[0];
         }},
        {"--round-positions", "N", "ImagePositionPatient with N decimals only",
         [](Spec &s, const std::string &v) {
             s.round_positions = (int)numbers(v, 1, "--round-positions")[0];
         }},
        {"--round-cosines", "N", "ImageOrientationPatient with N decimals only",
         [](Spec &s, const std::string &v) {
             s.round_cosines = (int)numbers(v, 1, "--round-cosines")[0];
         }},
        {"--slope", "S", "RescaleSlope [1]", NUMBER(slope)},
        {"--slope-step", "S", "slice k has the slope S0 * (1 + S * k) [0]", NUMBER(slope_step)},
        {"--intercept", "I", "RescaleIntercept [0; -1024 for an unsigned CT]",
         [](Spec &s, const std::string &v) {
             s.intercept = numbers(v, 1, "--intercept")[0];
             s.has_intercept = true;
         }},
        {"--pattern", "texture|tissue|index|coordinates|constant:V",
         "what the voxels mean: waves and grain in a body; the same, a fifth as strong; "
         "i + nx*(j + ny*k); i + 100j + 10000k [texture]",
         TEXT(pattern)},
        {"--syntax", "implicit|explicit|big|deflated|rle|jpeg|jpeg14|jpegls|ge",
         "transfer syntax [explicit]; ge: 1.2.840.113619.5.2, implicit VR with pixel words in big "
         "endian",
         TEXT(syntax)},
        {"--says", "SYNTAX", "the headers of all files name this one, whatever they are in",
         TEXT(says)},
        {"--unknown", "WHICH:KEYWORD[,undefined]",
         "an element of the data set itself (of the images *, of rs or of seg) gets VR UN, in a "
         "file of explicit VR, with its length or (sequences) an undefined one; repeatable",
         [](Spec &s, const std::string &v) { s.unknown.push_back(v); }},
        {"--enhanced", nullptr, "one multi-frame file",
         [](Spec &s, const std::string &) { s.enhanced = true; }},
        {"--volumes", "N",
         "the frames of an enhanced file once more for each volume, whose TemporalPositionIndex "
         "counts from 1; volume n has the voxels of the first, and 1000 (n - 1) added [1]",
         NUMBER(volumes)},
        {"--drawn-on", "N", "which of these volumes contours and segments name the frames of [1]",
         NUMBER(drawn_on)},
        {"--shuffle", nullptr, "file names (or frames) in another order, without extension",
         [](Spec &s, const std::string &) { s.shuffle = true; }},
        {"--units", "U", "PET Units [BQML]", TEXT(units)},
        {"--decay", "START|ADMIN|NONE", "PET DecayCorrection [START]", TEXT(decay)},
        {"--structure-set", "FILE", "write an RTSTRUCT with the ROIs", TEXT(structure_set)},
        {"--structure-label", "TEXT", "[made]", TEXT(structure_label)},
        {"--structure-date", "YYYYMMDD", "[20200116]", TEXT(structure_date)},
        {"--structure-time", "HHMMSS", "[120000]", TEXT(structure_time)},
        {"--no-references", nullptr, "structure set and SEG name no series and no images",
         [](Spec &s, const std::string &) { s.reference_images = false; }},
        {"--seg", "FILE", "write a DICOM SEG with the ROIs", TEXT(segmentation)},
        {"--seg-type", "BINARY|FRACTIONAL|LABELMAP",
         "[BINARY]; a label map has the class of its own, a segment 0 for the background, and in "
         "each pixel the last of the ROIs that hold it",
         TEXT(segmentation_type)},
        {"--masks", "DIR", "write the ROIs as NIfTI masks DIR/<name>.nii.gz", TEXT(masks)},
        {"--set", "WHICH:TAG=VALUE",
         "an attribute (keyword, gggg,eeee (private ones as text), or a path such as "
         "SegmentSequence[1].SegmentLabel, made where it is not there) of "
         "slice WHICH (0...), of all (*), of the structure set (rs) or of the SEG (seg)",
         [](Spec &s, const std::string &v) { s.sets.push_back(parse_set(v, false)); }},
        {"--absent", "WHICH:TAG", "the same, removed",
         [](Spec &s, const std::string &v) { s.sets.push_back(parse_set(v, true)); }},
        {"--fault", "NAME[=VALUE]", "see below", parse_fault},
    };
    return table;
}

void help()
{
    std::puts(
        "usage: make_dicom [option]... [--roi NAME SPEC]...\n"
        "       make_dicom --cohort DIR\n"
        "       make_dicom --demo DIR\n"
        "       make_dicom --copies FIRST N TEMPLATE DIR\n\n"
        "Writes DICOM fixtures: an image series, a structure set, a SEG, masks. The same words\n"
        "give the same bytes: no clock and no randomness; UIDs are digests of the words.\n");
    for (const Option &o : options())
        std::printf("  %s %s\n        %s\n", o.name, o.value ? o.value : "", o.help);
    std::puts(
        "  --roi NAME SPEC\n"
        "        SPEC: shapes and flags, separated by spaces; millimetres from the volume's\n"
        "        centre along the image axes (columns, rows, slices), whole diameters and edges:\n"
        "          sphere:X,Y,Z,RADIUS        box:X,Y,Z,A,B,C\n"
        "          tube:X,Y,Z,RADIUS,LENGTH   ring:X,Y,Z,OUTER,INNER,LENGTH\n"
        "          prism:Z,LENGTH,X1,Y1,X2,Y2,... (any polygon, on every slice of the length)\n"
        "        several shapes are filled even-odd: one inside another is a hole. Flags:\n"
        "          points=N of a circle [96]  every=N-th slice   keyhole (a ring as one contour)\n"
        "          hu=V added to the image    off=MM along the normal   type=POINT and others\n"
        "          twice (each contour)  repeat (each point)  crossed  reversed  cut=N points\n"
        "          empty (no contours)   unlisted (no item in ROIContourSequence)\n"
        "          number=N (ROI or segment number)   orphan (contours of a number without a "
        "name)\n"
        "          tiles=N (a box as N x N contours)   lift=MM (every second point, off the "
        "plane)\n"
        "          broken=count|number|triple|trail|trail2 (malformed ContourData; trail: an "
        "empty\n"
        "          value behind the last)\n"
        "  --copies FIRST N TEMPLATE DIR\n"
        "        N patients of the files in TEMPLATE, whose patient id is P0000000: numbers from "
        "FIRST\n"
        "        take the place of its zeros, and of the last digits of every UID\n"
        "  --cohort DIR\n"
        "        a cohort for tests, odd names included: DIR/dicom, DIR/auto, "
        "DIR/custom_structures.yaml\n"
        "  --demo DIR\n"
        "        the cohort of make demo: the same, params.yaml and clinical.csv\n"
        "  faults (K: index of a slice):\n"
        "        missing=K  duplicate=K (same object twice)  overlap=K (another object there)\n"
        "        uneven=K,MM (from slice K on)  tilt=DEGREES  localizer  size=K,NXxNY\n"
        "        orientation=K,ORIENTATION  pixel=K,TYPE  syntax=K,SYNTAX  truncate=K,BYTES\n"
        "        garbage=K");
}

static const Option *find(const std::string &name)
{
    for (const Option &o : options())
        if (name == o.name)
            return &o;
    return nullptr;
}

Spec parse(int argc, char **argv)
{
    Spec s;
    for (int i = 1; i < argc; i++) {
        std::string word = argv[i];
        if (word == "--roi") {
            if (i + 2 >= argc)
                fail(2, "--roi needs a name and a specification");
            s.rois.push_back(parse_roi(argv[i + 1], argv[i + 2]));
            i += 2;
            continue;
        }
        const Option *o = find(word);
        if (!o)
            fail(2, "unknown option " + word + " (--help)");
        if (o->value && i + 1 >= argc)
            fail(2, word + " needs a value");
        o->set(s, o->value ? argv[++i] : "");
    }
    return s;
}

} // namespace gen
