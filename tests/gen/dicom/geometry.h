// Where voxels and slices are: LPS millimetres.
#ifndef RADMILL_GEN_DICOM_GEOMETRY_H
#define RADMILL_GEN_DICOM_GEOMETRY_H

#include "spec.h"

namespace gen
{

struct Geometry {
    Vec row, col,
        normal; // of the pixels of a slice: along columns i, rows j, and their cross product
    Vec step;   // from slice to slice, a unit vector; differs from normal with gantry tilt
    Vec first;  // centre of voxel (0, 0, 0)
    double step_mm = 1;
};

Geometry geometry(const Spec &s);

// Patient position of a point given in millimetres from the volume's centre along the image axes.
Vec patient(const Spec &s, const Geometry &g, const Vec &local);

// Position of pixel (0,0) of slice k, faults included (uneven spacing).
Vec slice_position(const Spec &s, const Geometry &g, int k);

// Centre of voxel (i, j, k) in millimetres from the volume's centre along the image axes.
Vec local(const Spec &s, double i, double j, double k);

bool inside(const Roi &roi, const Vec &local);

// Fraction of the voxel (0, 1/64 ... 1) whose 4 x 4 x 4 sub-centres are inside.
double coverage(const Spec &s, const Roi &roi, int i, int j, int k);

// The value that the image means at a voxel (HU, signal, Bq/ml), before it is stored.
double value_at(const Spec &s, int i, int j, int k);

// Closed polygons of a shape on the plane z (local millimetres); none when the plane misses it.
std::vector<std::vector<Vec>> outline(const Roi &roi, const Shape &shape, double z);

} // namespace gen
#endif
