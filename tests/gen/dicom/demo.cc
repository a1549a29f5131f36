// The cohort of `make demo` and of docs/tutorial.md: seven chests and a head. It is small, looks
// like a cohort, and holds what a first look at one finds: regions that were not drawn, names in
// two spellings, a target that was drawn too large, a structure set that was replaced, and a region
// of the whole body.
#include "geometry.h"
#include "object.h"

#include <algorithm>
#include <cmath>

namespace gen
{

static const double PI = 3.14159265358979323846;

struct Chest {
    const char *patient, *date;
    double grow, heart_mm; // how large the lungs are; radius of the heart
    Vec lesion;
    double lesion_mm, drawn_mm; // radius in the image, radius of the contour
    const char *left, *right;   // what the lungs are called
    bool heart_drawn, body_drawn;
};

static const Chest CHESTS[] = {
    {"LUNG-01", "20200203", 1.00, 44, {-74, 4, 18}, 15, 15, "Lung_L", "Lung_R", true, false},
    {"LUNG-02", "20200219", 0.95, 42.5, {70, 10, -14}, 13, 13, "Lung_L", "Lung_R", true, false},
    {"LUNG-03",
     "20200311",
     1.06,
     46,
     {-82, -8, -20},
     17,
     17,
     "left lung",
     "right lung",
     true,
     false},
    {"LUNG-04", "20200428", 0.98, 43, {78, 14, 24}, 14, 14, "Lung_L", "Lung_R", false, false},
    {"LUNG-05", "20200515", 1.03, 45, {-70, 12, 4}, 16, 16, "Lung_L", "Lung_R", true, true},
    {"LUNG-06", "20200608", 0.97, 43.5, {-78, 2, -6}, 15, 36, "Lung_L", "Lung_R", true, false},
    {"LUNG-07",
     "20200701",
     1.01,
     44.5,
     {75, 0, 10},
     14,
     14,
     "left lung",
     "right lung",
     true,
     false},
};

static const Vec HEART = {16, -18, -42};

// Half width of the heart at a height and depth, 0 where it is not.
static double heart_reach(const Chest &c, double y, double z)
{
    double dy = y - HEART.y, dz = z - HEART.z;
    return std::sqrt(std::max(0.0, c.heart_mm * c.heart_mm - dy * dy - dz * dz));
}

// The outline of a lung on one slice: an ellipse that narrows to the top, and ends at the middle of
// the chest and at the heart. side: -1 is the patient's right, +1 the left.
static std::vector<Vec> lung_outline(const Chest &c, int side, double z)
{
    double narrow = std::sqrt(std::max(0.0, 1 - std::pow((z + 40) / 136, 2)));
    double rx = 46 * c.grow * narrow, ry = 76 * c.grow * narrow;
    std::vector<Vec> outline;
    for (int n = 0; n < 72; n++) {
        double a = 2 * PI * n / 72;
        double x = 74 + rx * std::cos(a), y = 4 + ry * std::sin(a);
        double reach = heart_reach(c, y, z);
        double middle = std::max(30.0, reach > 0 ? side * HEART.x + reach + 4 : 0);
        outline.push_back({side * std::max(x, middle), y, z});
    }
    return outline;
}

// One prism a slice, so that the outline may change from slice to slice.
static Roi lung(const std::string &name, const Spec &s, const Chest &c, int side)
{
    Roi r = parse_roi(name, "hu=-760");
    for (int k = 3; k < s.size[2] - 3; k++) {
        Shape slab;
        slab.kind = Shape::PRISM;
        slab.centre.z = local(s, 0, 0, k).z;
        slab.height = s.spacing[2] * 0.8;
        slab.corner = lung_outline(c, side, slab.centre.z);
        r.shapes.push_back(slab);
    }
    return r;
}

static Roi ball(const std::string &name, const Vec &centre, double radius_mm, double hu)
{
    Roi r = parse_roi(name, "sphere:0,0,0,1");
    r.shapes[0].centre = centre;
    r.shapes[0].radius = radius_mm;
    r.hu = hu;
    return r;
}

// An ellipse just inside the skin (pattern tissue), along the whole image.
static Roi body(const Spec &s)
{
    Roi r = parse_roi("BODY", "");
    Shape all;
    all.kind = Shape::PRISM;
    all.height = 10 * s.size[2] * s.spacing[2];
    for (int n = 0; n < 120; n++) {
        double a = 2 * PI * n / 120;
        all.corner.push_back({s.size[0] * s.spacing[0] * 0.445 * std::cos(a),
                              s.size[1] * s.spacing[1] * 0.395 * std::sin(a), 0});
    }
    r.shapes.push_back(all);
    return r;
}

static Spec chest_image(const std::string &dir, const Chest &c)
{
    Spec s;
    s.patient = s.study = s.series = s.frame = c.patient;
    s.name = "Example^Lung";
    s.date = c.date;
    s.description = "chest";
    s.pattern = "tissue";
    const int fine = c.body_drawn ? 2 : 1; // a finer image: more memory than the others
    const int size[3] = {128 * fine, 104 * fine, 40};
    const double spacing[3] = {3.0 / fine, 3.0 / fine, 5};
    std::copy(size, size + 3, s.size);
    std::copy(spacing, spacing + 3, s.spacing);
    s.out = dir + "/dicom/" + c.patient + "/CT";
    return s;
}

// What can be seen, whether it is drawn or not.
static void put_anatomy(Spec &s, const Chest &c)
{
    s.rois = {lung("left", s, c, 1),
              lung("right", s, c, -1),
              ball("lesion", c.lesion, c.lesion_mm, 775),
              ball("heart", HEART, c.heart_mm, 25),
              parse_roi("vertebrae", "tube:0,62,0,21,400 hu=230"),
              parse_roi("canal", "tube:0,66,0,8,400 hu=-225"),
              parse_roi("trachea", "tube:0,14,70,9,90 hu=-1000")};
}

static std::vector<Roi> drawn(const Spec &s, const Chest &c)
{
    std::vector<Roi> rois = {
        ball("GTV", c.lesion, c.drawn_mm, 0), lung(c.left, s, c, 1), lung(c.right, s, c, -1),
        c.heart_drawn ? ball("Heart", HEART, c.heart_mm, 0) : parse_roi("Heart", "empty"),
        parse_roi("Spinal_Cord", "tube:0,66,0,7,176")};
    rois.back().shapes[0].height = 176 * c.grow;
    if (c.body_drawn)
        rois.push_back(body(s));
    return rois;
}

static void write_chest(const std::string &dir, const Chest &c)
{
    Spec s = chest_image(dir, c);
    put_anatomy(s, c);
    write_all(s);
    s.out = "";
    s.rois = drawn(s, c);
    s.structure_set = dir + "/dicom/" + c.patient + "/RS.dcm";
    write_all(s);
}

// As a segmentation model leaves them for the first patient, one of them with nothing found.
static void write_automatic(const std::string &dir, const Chest &c)
{
    Spec s = chest_image(dir, c);
    s.out = "";
    s.masks = dir + "/auto/" + c.patient;
    s.rois = {ball("heart", {18, -18, -42}, 42, 0), lung("lung_left", s, c, 1),
              lung("lung_right", s, c, -1), parse_roi("kidney_left", "empty")};
    write_all(s);
}

static void write_replaced(const std::string &dir, const Chest &c)
{
    Spec s = chest_image(dir, c);
    s.out = "";
    s.structure_set = dir + "/dicom/" + c.patient + "/RS_draft.dcm";
    s.structure_date = "20200101";
    s.rois = {ball("GTV", c.lesion, c.drawn_mm - 3, 0)};
    write_all(s);
}

static void write_head(const std::string &dir)
{
    Spec s;
    s.patient = s.study = s.series = s.frame = "0081";
    s.name = "Example^Head";
    s.modality = "MR";
    s.date = "20200310";
    s.description = "head";
    s.pattern = "tissue";
    s.orientation = "oblique:8,-5,12";
    const int size[3] = {72, 88, 24};
    const double spacing[3] = {2.5, 2.5, 4};
    std::copy(size, size + 3, s.size);
    std::copy(spacing, spacing + 3, s.spacing);
    s.pixel = "uint16";
    s.out = dir + "/dicom/0081/MR";
    s.structure_set = dir + "/dicom/0081/RS.dcm";
    s.rois = {parse_roi("Brain", "sphere:0,0,-12,62 hu=120"),
              parse_roi("GTV", "sphere:24,-18,0,13 hu=150"),
              parse_roi("GTV_core", "ring:24,-18,0,9,4,14 keyhole")};
    write_all(s);
}

static const char RECIPE[] =
    "custom_structures:\n"
    "  - name: lungs\n"
    "    operation: union\n"
    "    source_structures: [Lung_L, Lung_R]\n"
    "  - name: lungs_minus_gtv\n"
    "    operation: subtract\n"
    "    source_structures: [lungs, GTV]\n"
    "    description: the healthy lung; built from a structure of this file\n"
    "  - name: gtv_10mm\n"
    "    operation: union\n"
    "    source_structures: [GTV]\n"
    "    margin: 10\n"
    "  - name: gtv_shell\n"
    "    operation: subtract\n"
    "    source_structures: [gtv_10mm, GTV]\n"
    "    description: 10 mm around the target\n";

static const char PARAMS[] = "imageType:\n"
                             "  Original: {}\n"
                             "  LoG:\n"
                             "    sigma: [3.0, 6.0]\n"
                             "setting:\n"
                             "  binWidth: 25\n";

static const char CLINICAL[] = "patient_id,age,stage,months,died\n"
                               "0081,54,,18.5,0\n"
                               "LUNG-01,67,IIIA,22.1,0\n"
                               "LUNG-02,71,II,9.4,1\n"
                               "LUNG-03,58,IIIB,14.0,1\n"
                               "LUNG-04,63,I,30.2,0\n"
                               "LUNG-05,75,IIIA,,0\n"
                               "LUNG-07,69,II,11.8,1\n"
                               "LUNG-99,50,I,40.0,0\n";

void write_demo(const std::string &dir)
{
    make_directories(dir);
    for (const Chest &c : CHESTS)
        write_chest(dir, c);
    write_automatic(dir, CHESTS[0]);
    write_replaced(dir, CHESTS[1]);
    write_head(dir);
    write_bytes(dir + "/custom_structures.yaml", RECIPE);
    write_bytes(dir + "/params.yaml", PARAMS);
    write_bytes(dir + "/clinical.csv", CLINICAL);
    write_bytes(dir + "/dicom/readme.txt", "not DICOM: the scan leaves it out\n");
}

} // namespace gen
