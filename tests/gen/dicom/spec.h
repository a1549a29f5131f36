// What one run of make_dicom is asked to write. Everything that follows (identifiers, geometry,
// voxel values, contours) is a function of this structure: no clock, no randomness.
#ifndef RADMILL_GEN_DICOM_SPEC_H
#define RADMILL_GEN_DICOM_SPEC_H

#include <map>
#include <string>
#include <vector>

namespace gen
{

struct Vec {
    double x = 0, y = 0, z = 0;
};

inline Vec operator+(const Vec &a, const Vec &b)
{
    return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vec operator*(double s, const Vec &a)
{
    return {s * a.x, s * a.y, s * a.z};
}

// A solid in millimetres from the centre of the volume, along the axes of the image (x: columns, y:
// rows, z: slices), so that one description serves every orientation.
struct Shape {
    enum Kind { SPHERE, BOX, TUBE, RING, PRISM } kind = SPHERE;
    Vec centre;
    double radius = 0;       // SPHERE, TUBE, RING (outer)
    double inner = 0;        // RING
    double height = 0;       // TUBE, RING, PRISM: whole length along z
    Vec size;                // BOX: whole edges
    std::vector<Vec> corner; // PRISM: its polygon, in x and y
};

struct Roi {
    std::string name;
    std::vector<Shape> shapes;  // filled even-odd: a shape inside another one is a hole
    int points = 96;            // of a circle
    bool keyhole = false;       // a ring as one contour with a bridge instead of two contours
    bool twice = false;         // every contour written twice
    bool unlisted = false;      // in StructureSetROISequence, no item in ROIContourSequence
    bool empty = false;         // an item in ROIContourSequence without contours
    bool reversed = false;      // contours in the other direction and slices in the other order
    bool crossed = false;       // swaps two points, so that the polygon crosses itself
    bool repeat_points = false; // every point twice in a row
    bool orphan = false;        // contours (or frames) of a number that no item names
    int number = 0;             // ROI or segment number (0: one more than the one before)
    int tiles = 1;              // a box is cut into tiles x tiles contours on each slice
    double lift_mm = 0;         // every second point moved along the slice normal
    int every = 1;              // contours on every n-th slice only
    int cut = 0;                // keep only the first `cut` points of each contour (0: all)
    double off_mm = 0;          // contours moved along the slice normal
    double hu = 0;              // added to the image inside the ROI
    std::string type = "CLOSED_PLANAR";
    std::string broken; // "count", "number", "triple", "trail", "trail2": malformed ContourData
};

struct Set {           // --set WHICH:TAG=VALUE and --absent WHICH:TAG
    std::string which; // "*", "rs", "seg", or the index of a slice
    std::string tag;   // or a path: Sequence[0].Sequence[1].Tag
    std::string value;
    bool remove = false;
};

struct Spec {
    std::string patient = "P1", name = "", canary, modality = "CT", position = "HFS", out;
    std::string study = "1", series = "1", instances = "", frame = "1", date = "20200115",
                description = "made";
    int size[3] = {64, 64, 24};
    double spacing[3] = {2, 2, 3};
    Vec centre;
    bool has_origin = false;
    Vec origin; // centre of the first voxel
    std::string orientation = "axial";
    std::string pixel = "int16";
    int bits_stored = 0;                          // 0: all
    int round_positions = -1, round_cosines = -1; // decimals that are written; -1: all
    double slope = 1, intercept = 0, slope_step = 0;
    bool has_intercept = false;
    std::string pattern = "texture", syntax = "explicit";
    bool enhanced = false, shuffle = false; // file names, or frames, in another order
    int volumes = 1, drawn_on = 1;          // of an enhanced file; which of them structures name
    std::string units = "BQML", decay = "START";

    std::vector<Roi> rois;
    std::string structure_set, structure_label = "made", structure_date = "20200116",
                               structure_time = "120000";
    bool reference_images = true;
    std::string segmentation;
    std::string segmentation_type = "BINARY";
    std::string masks;

    std::string says;                 // syntax that the header names; empty: the true one
    std::vector<std::string> unknown; // WHICH:KEYWORD[,undefined]: elements of VR UN

    std::multimap<std::string, std::string> faults;
    std::vector<Set> sets;

    bool fault(const std::string &n) const
    {
        return faults.count(n) != 0;
    }
};

// Parses the command line; on error prints one line and ends the program with status 2.
Spec parse(int argc, char **argv);
void help();

// One ROI: "sphere:X,Y,Z,R box:X,Y,Z,A,B,C tube:X,Y,Z,R,H ring:X,Y,Z,R,r,H flag flag=value".
Roi parse_roi(const std::string &name, const std::string &text);

[[noreturn]] void fail(int status, const std::string &message);

} // namespace gen
#endif
