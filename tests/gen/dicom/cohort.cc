// A cohort for tests: three small patients as hospitals would export them, odd names included.
#include "object.h"

namespace gen
{

static Spec patient_one(const std::string &dir)
{
    Spec s;
    s.patient = "PROSTATE-01";
    s.name = "Example^One";
    s.centre = {3.5, -120.25, 40};
    s.out = dir + "/dicom/PROSTATE-01/CT";
    s.structure_set = dir + "/dicom/PROSTATE-01/RS.dcm";
    s.rois = {parse_roi("PTV", "sphere:0,0,0,18"),
              parse_roi("CTV", "sphere:0,0,0,13 hu=12"),
              parse_roi("Bladder", "sphere:0,-20,9,14 hu=-25"),
              parse_roi("Rectum", "tube:0,24,0,9,48 hu=20"),
              parse_roi("Femur_Head_L", "sphere:38,4,3,11 hu=220"),
              parse_roi("Femur_Head_R", "sphere:-38,4,3,11 hu=220"),
              parse_roi("Bladder wall (ring) / 3mm", "ring:0,-20,9,14,11,18"),
              parse_roi("ptv", "box:0,0,0,24,24,24"),
              parse_roi("Isocentre", "box:0,0,0,1,1,1 type=POINT cut=1"),
              parse_roi("not drawn", "empty")};
    return s;
}

static Spec patient_two(const std::string &dir)
{
    Spec s;
    s.patient = "LUNG 02 (Müller)";
    s.name = "Example^Two";
    s.date = "20210304";
    s.size[0] = 56;
    s.size[1] = 48;
    s.size[2] = 26;
    s.spacing[0] = s.spacing[1] = 2.5;
    s.spacing[2] = 2.5;
    s.centre = {-10, 30, -200};
    s.pixel = "uint16";
    s.syntax = "rle";
    s.shuffle = true;
    s.out = dir + "/dicom/lung two/images";
    s.structure_set = dir + "/dicom/lung two/structures";
    s.rois = {parse_roi("GTV-1", "sphere:18,0,0,12 hu=40"),
              parse_roi("Lung_L", "tube:26,0,0,20,56 sphere:18,0,0,12 hu=-700"),
              parse_roi("Lung_R", "tube:-26,0,0,20,56 hu=-700"),
              parse_roi("Spinal Cord", "tube:0,22,0,5,60 hu=15"),
              parse_roi("Ösophagus", "tube:0,10,0,6,50"),
              parse_roi("$(touch pwned); rm -rf *", "box:0,-8,0,12,12,12")};
    return s;
}

static Spec patient_three(const std::string &dir)
{
    Spec s;
    s.patient = "BRAIN-03";
    s.name = "Example^Three";
    s.modality = "MR";
    s.date = "20190721";
    s.orientation = "oblique:8,-5,12";
    s.size[0] = 48;
    s.size[1] = 56;
    s.size[2] = 20;
    s.spacing[0] = s.spacing[1] = 1.5;
    s.spacing[2] = 3;
    s.pixel = "uint16";
    s.out = dir + "/dicom/BRAIN-03/MR";
    s.structure_set = dir + "/dicom/BRAIN-03/RS.dcm";
    s.rois = {parse_roi("Tumour", "sphere:8,-6,0,10 hu=150"),
              parse_roi("Tumour core", "ring:8,-6,0,9,4,12 keyhole"),
              parse_roi("Brain", "tube:0,0,0,32,54")};
    return s;
}

static const char RECIPE[] =
    "custom_structures:\n"
    "  - name: pelvic_bones\n"
    "    operation: union\n"
    "    source_structures: [Femur_Head_L, Femur_Head_R]\n"
    "    description: both femoral heads\n"
    "  - name: ptv_ring\n"
    "    operation: subtract\n"
    "    source_structures: [ptv_plus, Manual/PTV]\n"
    "    description: 8 mm around the target; built from a structure that follows in this file\n"
    "  - name: ptv_plus\n"
    "    operation: union\n"
    "    source_structures: [Manual/PTV]\n"
    "    margin: 8\n"
    "  - name: rectum_spared\n"
    "    operation: subtract\n"
    "    source_structures: [Rectum, Manual/PTV]\n"
    "  - name: lungs\n"
    "    operation: union\n"
    "    source_structures: [Lung_L, Lung_R]\n"
    "  - name: tumour_margin\n"
    "    operation: union\n"
    "    source_structures: [Tumour]\n"
    "    margin: {anterior_mm: 4, posterior_mm: 2, left_mm: 3, right_mm: 3, superior_mm: 5, "
    "inferior_mm: 5}\n";

void write_cohort(const std::string &dir)
{
    make_directories(dir);
    for (const Spec &s : {patient_one(dir), patient_two(dir), patient_three(dir)})
        write_all(s);
    Spec automatic = patient_one(dir); // as TotalSegmentator leaves them
    automatic.out = automatic.structure_set = "";
    automatic.masks = dir + "/auto/PROSTATE-01";
    automatic.rois = {parse_roi("urinary_bladder", "sphere:0,-20,9,13.5"),
                      parse_roi("hip_left", "sphere:38,4,3,14"),
                      parse_roi("hip_right", "sphere:-38,4,3,14"),
                      parse_roi("colon", "tube:0,24,0,8,72"),
                      parse_roi("prostate", "sphere:0,0,0,14"),
                      parse_roi("kidney_left", "empty")};
    write_all(automatic);
    write_bytes(dir + "/custom_structures.yaml", RECIPE);
    write_bytes(dir + "/dicom/PROSTATE-01/readme.txt", "not DICOM: the scan leaves it out\n");
}

} // namespace gen
