#include "geometry.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace gen
{

static const double PI = 3.14159265358979323846;

static Vec cross(const Vec &a, const Vec &b)
{
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static Vec turn(const Vec &v, int axis, double degrees)
{
    double c = std::cos(degrees * PI / 180), s = std::sin(degrees * PI / 180);
    if (axis == 0)
        return {v.x, c * v.y - s * v.z, s * v.y + c * v.z};
    if (axis == 1)
        return {c * v.x + s * v.z, v.y, -s * v.x + c * v.z};
    return {c * v.x - s * v.y, s * v.x + c * v.y, v.z};
}

// Row and column directions of an axial slice for each patient position (DICOM C.7.3.1.1.2), as
// scanners write them when they show the picture as it lies on the table.
static bool axial_axes(const std::string &position, Vec &row, Vec &col)
{
    static const struct {
        const char *position;
        Vec row, col;
    } table[] = {
        {"HFS", {1, 0, 0}, {0, 1, 0}},    {"HFP", {-1, 0, 0}, {0, -1, 0}},
        {"FFS", {-1, 0, 0}, {0, 1, 0}},   {"FFP", {1, 0, 0}, {0, -1, 0}},
        {"HFDR", {0, -1, 0}, {1, 0, 0}},  {"HFDL", {0, 1, 0}, {-1, 0, 0}},
        {"FFDR", {0, -1, 0}, {-1, 0, 0}}, {"FFDL", {0, 1, 0}, {1, 0, 0}},
    };
    for (const auto &t : table)
        if (position == t.position) {
            row = t.row;
            col = t.col;
            return true;
        }
    return false;
}

Geometry geometry(const Spec &s)
{
    Geometry g;
    if (!axial_axes(s.position, g.row, g.col))
        fail(2, "unknown patient position " + s.position);
    if (s.orientation == "sagittal") {
        g.row = {0, 1, 0};
        g.col = {0, 0, -1};
    } else if (s.orientation == "coronal") {
        g.row = {1, 0, 0};
        g.col = {0, 0, -1};
    } else if (s.orientation.rfind("oblique:", 0) == 0) {
        double angle[3] = {0, 0, 0};
        if (std::sscanf(s.orientation.c_str() + 8, "%lf,%lf,%lf", angle, angle + 1, angle + 2) != 3)
            fail(2, "an oblique orientation needs three angles: " + s.orientation);
        for (int axis = 0; axis < 3; axis++) {
            g.row = turn(g.row, axis, angle[axis]);
            g.col = turn(g.col, axis, angle[axis]);
        }
    } else if (s.orientation != "axial")
        fail(2, "unknown orientation " + s.orientation);
    g.step = cross(g.row, g.col);
    g.step_mm = s.spacing[2];
    auto tilt = s.faults.find("tilt");
    if (tilt != s.faults.end()) {
        double a = std::atof(tilt->second.c_str()) * PI / 180;
        g.col = std::cos(a) * g.col + std::sin(a) * g.step;
    }
    g.normal = cross(g.row, g.col);
    Vec corner = local(s, 0, 0, 0);
    g.first = s.has_origin ? s.origin
                           : s.centre + corner.x * g.row + corner.y * g.col + corner.z * g.step;
    return g;
}

Vec local(const Spec &s, double i, double j, double k)
{
    return {(i - (s.size[0] - 1) / 2.0) * s.spacing[0], (j - (s.size[1] - 1) / 2.0) * s.spacing[1],
            (k - (s.size[2] - 1) / 2.0) * s.spacing[2]};
}

Vec patient(const Spec &s, const Geometry &g, const Vec &p)
{
    Vec corner = local(s, 0, 0, 0);
    return g.first + (p.x - corner.x) * g.row + (p.y - corner.y) * g.col +
           (p.z - corner.z) * g.step;
}

Vec slice_position(const Spec &s, const Geometry &g, int k)
{
    double along = k * g.step_mm;
    for (auto it = s.faults.lower_bound("uneven"); it != s.faults.upper_bound("uneven"); ++it) {
        int slice = 0;
        double mm = 0;
        if (std::sscanf(it->second.c_str(), "%d,%lf", &slice, &mm) == 2 && k >= slice)
            along += mm;
    }
    return g.first + along * g.step;
}

// Even-odd. Centres on an edge are not what this formula is for: keep polygons off them.
static bool inside_polygon(const std::vector<Vec> &corner, const Vec &p)
{
    bool odd = false;
    for (size_t i = 0; i < corner.size(); i++) {
        const Vec &a = corner[i], &b = corner[(i + 1) % corner.size()];
        if ((a.y > p.y) != (b.y > p.y))
            odd ^= p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x);
    }
    return odd;
}

static bool inside_shape(const Shape &h, const Vec &p)
{
    double x = p.x - h.centre.x, y = p.y - h.centre.y, z = p.z - h.centre.z;
    switch (h.kind) {
    case Shape::SPHERE:
        return x * x + y * y + z * z <= h.radius * h.radius;
    case Shape::BOX:
        return std::fabs(x) <= h.size.x / 2 && std::fabs(y) <= h.size.y / 2 &&
               std::fabs(z) <= h.size.z / 2;
    case Shape::TUBE:
        return x * x + y * y <= h.radius * h.radius && std::fabs(z) <= h.height / 2;
    case Shape::RING:
        return x * x + y * y <= h.radius * h.radius && x * x + y * y >= h.inner * h.inner &&
               std::fabs(z) <= h.height / 2;
    case Shape::PRISM:
        return std::fabs(z) <= h.height / 2 && inside_polygon(h.corner, p);
    }
    return false;
}

bool inside(const Roi &roi, const Vec &p)
{
    bool odd = false;
    for (const Shape &h : roi.shapes)
        odd ^= inside_shape(h, p);
    return odd;
}

double coverage(const Spec &s, const Roi &roi, int i, int j, int k)
{
    int hits = 0;
    for (int n = 0; n < 64; n++)
        hits += inside(roi, local(s, i + (n % 4 - 1.5) / 4, j + (n / 4 % 4 - 1.5) / 4,
                                  k + (n / 16 - 1.5) / 4));
    return hits / 64.0;
}

// Integer hash in [-1, 1]: texture that no filter can take for a constant.
static double grain(uint32_t i, uint32_t j, uint32_t k)
{
    uint32_t h = i * 73856093u ^ j * 19349663u ^ k * 83492791u;
    h ^= h >> 13;
    h *= 0x5bd1e995u;
    h ^= h >> 15;
    return h / 2147483647.5 - 1;
}

static double texture(const Spec &s, int i, int j, int k)
{
    Vec p = local(s, i, j, k);
    double a = s.size[0] * s.spacing[0] * 0.45, b = s.size[1] * s.spacing[1] * 0.4;
    bool body = p.x * p.x / (a * a) + p.y * p.y / (b * b) <= 1;
    double wave = 60 * std::sin(p.x / 9) + 45 * std::cos(p.y / 7 + p.z / 11) +
                  30 * std::sin(p.z / 5 + p.x / 23) + 20 * grain(i, j, k);
    if (s.pattern == "tissue")
        wave *= 0.2;
    if (s.modality == "CT")
        return body ? 30 + wave : -1000 + 10 * grain(i, j, k);
    if (s.modality == "MR")
        return body ? 400 + wave : 15 + 10 * grain(i, j, k);
    return body ? 2500 + 8 * wave : 40 + 20 * grain(i, j, k);
}

double value_at(const Spec &s, int i, int j, int k)
{
    double v;
    if (s.pattern == "texture" || s.pattern == "tissue")
        v = texture(s, i, j, k);
    else if (s.pattern == "index")
        v = (i + (double)s.size[0] * (j + (double)s.size[1] * k));
    else if (s.pattern == "coordinates") // i, j, k readable from the value of small images
        v = i + 100 * j + 10000.0 * k;
    else if (s.pattern.rfind("constant:", 0) == 0)
        v = std::atof(s.pattern.c_str() + 9);
    else
        fail(2, "unknown pattern " + s.pattern);
    for (const Roi &r : s.rois)
        if (r.hu != 0 && inside(r, local(s, i, j, k)))
            v += r.hu;
    return v;
}

static std::vector<Vec> circle(const Vec &centre, double r, double z, int n)
{
    std::vector<Vec> p;
    for (int i = 0; i < n; i++) {
        double a = 2 * PI * i / n;
        p.push_back({centre.x + r * std::cos(a), centre.y + r * std::sin(a), z});
    }
    return p;
}

// The box as n x n rectangles that share their edges.
static std::vector<std::vector<Vec>> tiled(const Shape &h, double z, int n)
{
    std::vector<std::vector<Vec>> out;
    for (int j = 0; j < n; j++)
        for (int i = 0; i < n; i++) {
            double x[2], y[2];
            for (int end = 0; end < 2; end++) {
                x[end] = h.centre.x + ((double)(i + end) / n - 0.5) * h.size.x;
                y[end] = h.centre.y + ((double)(j + end) / n - 0.5) * h.size.y;
            }
            out.push_back({{x[0], y[0], z}, {x[1], y[0], z}, {x[1], y[1], z}, {x[0], y[1], z}});
        }
    return out;
}

std::vector<std::vector<Vec>> outline(const Roi &roi, const Shape &h, double z)
{
    std::vector<std::vector<Vec>> out;
    double dz = z - h.centre.z, reach = h.kind == Shape::BOX ? h.size.z / 2 : h.height / 2;
    if (h.kind == Shape::SPHERE) {
        double square = h.radius * h.radius - dz * dz;
        if (square > 0)
            out.push_back(circle(h.centre, std::sqrt(square), z, roi.points));
        return out;
    }
    if (std::fabs(dz) > reach)
        return out;
    if (h.kind == Shape::BOX)
        return tiled(h, z, roi.tiles);
    if (h.kind == Shape::PRISM) {
        out.push_back(h.corner);
        for (Vec &p : out[0])
            p.z = z;
        return out;
    }
    out.push_back(circle(h.centre, h.radius, z, roi.points));
    if (h.kind == Shape::TUBE)
        return out;
    std::vector<Vec> hole = circle(h.centre, h.inner, z, roi.points);
    if (!roi.keyhole) {
        out.push_back(hole);
        return out;
    }
    std::vector<Vec> &outer = out[0]; // bridge at angle 0: out and back along the same line
    outer.push_back(outer[0]);
    outer.push_back(hole[0]);
    for (size_t i = hole.size(); i-- > 0;)
        outer.push_back(hole[i]);
    return out;
}

} // namespace gen
