// What every DICOM object that make_dicom writes has in common.
#ifndef RADMILL_GEN_DICOM_OBJECT_H
#define RADMILL_GEN_DICOM_OBJECT_H

#include "spec.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

namespace gen
{

// 2.25.<64 bits of a digest>: the same words give the same UID, for ever.
std::string uid(const std::string &words);
std::string study_uid(const Spec &s);
std::string series_uid(const Spec &s);
std::string frame_uid(const Spec &s);
std::string instance_uid(const Spec &s, int k); // k = -1: the one file of an enhanced series

// A decimal string of at most 16 characters, and several with backslashes.
std::string ds(double v);
std::string ds(const std::vector<double> &v);

void put(DcmItem *item, const DcmTagKey &tag, const std::string &value);
DcmItem *append(DcmItem *item, const DcmTagKey &sequence);

// Patient, study and series modules. series_words: what the series' UID is made of.
void put_header(const Spec &s, DcmItem *d, const std::string &modality,
                const std::string &sop_class, const std::string &sop_instance,
                const std::string &series_uid);

// Applies --set and --absent that name `which` (or "*").
void apply_sets(const Spec &s, DcmItem *d, const std::string &which);

const char *image_class(const Spec &s);

// The slice that frame n of a volume of an enhanced file shows (--shuffle: from the far end), which
// is also the frame that shows slice n.
int slice_of_frame(const Spec &s, int n);

// An item of an image reference: to slice k, or to the whole of an enhanced file (k = -1).
void put_image_reference(const Spec &s, DcmItem *item, int k);

// Writes in one of the transfer syntaxes of --syntax, with what --says and --unknown ask for in
// files of this kind ("*", "rs", "seg").
void save(const Spec &s, DcmFileFormat &file, const std::string &path, const std::string &syntax,
          const std::string &which);

// --unknown, on the bytes of a file of explicit VR, little endian (unknown.cc).
std::string make_unknown(const std::string &bytes, const std::string &keyword, bool undefined);
void make_directories(const std::string &path);
void write_bytes(const std::string &path, const std::string &bytes);
std::string read_bytes(const std::string &path);

void write_series(const Spec &s);
void write_enhanced(const Spec &s);
void write_structure_set(const Spec &s);
void write_segmentation(const Spec &s);
void write_masks(const Spec &s);
void write_all(const Spec &s);
void write_cohort(const std::string &dir);
void write_demo(const std::string &dir);

// A word in every attribute that may hold a name, id or comment; empty: nothing.
void put_canary(const std::string &word, DcmItem *d);

// n patients, numbered from `first`, out of the files of a folder, whose patient id is P0000000:
// out/P0000001/..., each with UIDs of its own.
void write_copies(int first, int n, const std::string &folder, const std::string &out);

} // namespace gen
#endif
