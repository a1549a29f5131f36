/* What radmill wants to know of one DICOM file, read up to its pixel data: by DCMTK, or in a
 * tenth of the time by shim/dicom_plain.h where the file is of the plainest kind.
 *
 * Strings come from strangers: they are converted to UTF-8 from the file's Specific Character Set
 * (bytes that do not convert are read as UTF-8 or ISO 8859-1, and that is noted), trimmed, and cut
 * at DICOM_TEXT_MOST bytes. Numbers are parsed strictly; one that does not parse counts as absent.
 */
#ifndef RADMILL_SHIM_DICOM_HEADER_H
#define RADMILL_SHIM_DICOM_HEADER_H

#ifdef __cplusplus
extern "C" {
#endif

#include "base/err.h"
#include "shim/dicom_class.h"
#include "shim/dicom_forgiven.h"

#include <stddef.h>
#include <stdint.h>

enum { DICOM_TEXT_MOST = 1024 };

/* Texts of a header; several values are joined by a backslash, as in the file. */
enum dicom_text {
    DICOM_TRANSFER_SYNTAX, /* (0002,0010); without it, the one found */
    DICOM_SOP_CLASS,
    DICOM_SOP_UID,
    DICOM_PATIENT_ID,
    DICOM_STUDY_UID,
    DICOM_SERIES_UID,
    DICOM_FRAME_OF_REFERENCE,
    DICOM_MODALITY,
    DICOM_IMAGE_TYPE,
    DICOM_STUDY_DATE,
    DICOM_SERIES_NUMBER,
    DICOM_PHOTOMETRIC,
    DICOM_RESCALE_TYPE,
    DICOM_LOSSY,    /* Lossy Image Compression: 01 when pixels have been through one */
    DICOM_LABEL,    /* Structure Set Label, Content Label or RT Plan Label */
    DICOM_SET_DATE, /* Structure Set Date, else Content Date */
    DICOM_SET_TIME,
    DICOM_SERIES_DATE,
    DICOM_SERIES_TIME,
    DICOM_ACQUISITION_DATE,
    DICOM_ACQUISITION_TIME,
    DICOM_UNITS, /* PET: (0054,1001) */
    DICOM_SUV_TYPE,
    DICOM_DECAY_CORRECTION,
    DICOM_FRAME_DURATION_MS,
    DICOM_PATIENT_WEIGHT_KG,
    DICOM_PATIENT_SIZE_M,
    DICOM_PATIENT_SEX,
    DICOM_DOSE_BQ,
    DICOM_HALF_LIFE_S,
    DICOM_INJECTION_TIME,
    DICOM_INJECTION_DATETIME,
    DICOM_MORE_DOSES, /* of several radiopharmaceutical items: "same" or "differ" */
    DICOM_MANUFACTURER,
    DICOM_UTC_OFFSET,         /* (0008,0201) */
    DICOM_FRAME_REFERENCE_MS, /* (0054,1300) */
    DICOM_DECAY_DATETIME,     /* Decay Correction DateTime (0018,9701), of an enhanced PET image */
    DICOM_VENDOR_TIME,        /* what the decay correction refers to, by GE (0009,100D) or Siemens
                                 (0071,1022), where the manufacturer is theirs */
    DICOM_PHILIPS_CREATOR,    /* of private group 7053 */
    DICOM_PHILIPS_SUV_FACTOR, /* counts to SUV */
    DICOM_PHILIPS_BQML,       /* counts to Bq/ml */
    DICOM_ACQUISITION,        /* what shim/acquisition_fields.h says, as one text */
    DICOM_TEXTS,
};

/* Bits of dicom_frame.has */
enum {
    DICOM_HAS_POSITION = 1,
    DICOM_HAS_ORIENTATION = 2,
    DICOM_HAS_SPACING = 4,
    DICOM_HAS_THICKNESS = 8, /* Spacing Between Slices, else Slice Thickness */
    DICOM_HAS_RESCALE = 16,
    DICOM_HALF_RESCALE = 64, /* one of slope and intercept is there, the other is not */
    DICOM_HAS_LUT = 128,     /* a Modality LUT: stored values go through a table */
    DICOM_BAD_RESCALE = 32,  /* slope or intercept is given but not a number, or the slope is 0 */
};

/* Numbers that tell several volumes of one series apart (course/split.c). */
enum dicom_split {
    DICOM_SPLIT_TEMPORAL,    /* Temporal Position Identifier (0020,0100), Index (0020,9128) */
    DICOM_SPLIT_ACQUISITION, /* Acquisition Number (0020,0012), Frame Acquisition Number */
    DICOM_SPLIT_TRIGGER,     /* Trigger Time (0018,1060), Nominal Cardiac Trigger Delay Time */
    DICOM_SPLIT_ECHO,        /* Echo Time (0018,0081), Effective Echo Time */
    DICOM_SPLIT_B_VALUE,     /* Diffusion b-value (0018,9087), or the vendor's own */
    DICOM_SPLIT_GRADIENT,    /* Diffusion Gradient Orientation (0018,9089), or the vendor's own: */
    DICOM_SPLIT_GRADIENT_Y,  /* three numbers */
    DICOM_SPLIT_GRADIENT_Z,
    DICOM_SPLITS
};

/* One frame; a classic file has exactly one. LPS millimetres. */
struct dicom_frame {
    uint32_t has;
    double position_mm[3];      /* Image Position (Patient): centre of the first pixel */
    double orientation[6];      /* direction of a row (x grows), direction of a column (y grows) */
    double spacing_mm[2];       /* Pixel Spacing: between rows, between columns */
    double thickness_mm;        /* for a volume of one slice */
    double slope, intercept;    /* 1 and 0 when absent */
    double slice_thickness_mm;  /* Slice Thickness alone; 0 when absent */
    double split[DICOM_SPLITS]; /* NaN when absent */
    int32_t position_decimals;  /* the most decimals that a value of it shows; -1: none is there */
    int32_t cosine_decimals;    /* the same of the orientation */
    uint32_t type;              /* of an enhanced file: index of its Frame Type in frame_types */
};

enum dicom_sample { DICOM_SAMPLE_NONE, DICOM_SAMPLE_INT, DICOM_SAMPLE_F32, DICOM_SAMPLE_F64 };

/* An image that an object names, or one frame of it. */
struct dicom_named {
    uint32_t instance; /* index into `instances` */
    uint32_t frame;    /* Referenced Frame Number (0008,1160), from 1; 0: none is given, and every
                          frame is named; DICOM_NO_FRAME: what is given is no number */
};
#define DICOM_NO_FRAME UINT32_MAX

/* A region of interest of an RTSTRUCT, or a segment of a SEG. */
struct dicom_roi {
    char *name;
    char *frame_of_reference; /* RTSTRUCT: Referenced Frame of Reference UID; may be empty */
    int64_t number;
    int64_t contours; /* contours of any type; frames, for a segment */
    /* 1: its contours or frames refer to a number that no item of the file defines */
    int64_t unnamed;
    int64_t by_observation;    /* 1: ROI Name is empty, the name is its observation's label */
    struct dicom_named *image; /* that its contours or frames name: sorted, distinct */
    size_t images;
};

/* A series that a structure set or segmentation says it was drawn on. */
struct dicom_reference {
    char *frame_of_reference;  /* that it is declared with; may be empty */
    char *series;              /* Series Instance UID; empty: only a frame is declared */
    struct dicom_named *image; /* that are listed for it: sorted, distinct */
    size_t images;
};

struct dicom_names { /* owned strings, sorted, distinct */
    char **item;
    size_t n;
};

struct dicom_header {
    char *text[DICOM_TEXTS]; /* never NULL */
    int64_t file_bytes;
    char *damage; /* why reading stopped before the end of the header; NULL: it did not. The texts
                     hold what was read so far, which is enough to tell which series the file
                     belongs to. */
    int64_t forgiven; /* bits of shim/dicom_forgiven.h */

    /* image */
    int64_t rows, columns, samples;
    int64_t bits_allocated, bits_stored, high_bit;
    bool is_signed;
    enum dicom_sample sample; /* which pixel data element there is (assumed, when deflated) */
    int64_t pixel_offset;     /* offset of the first pixel in the file when pixels are stored
                                 uncompressed and little endian; -1 otherwise */
    int64_t pixel_bytes;      /* length of the element in that case */
    int64_t number_of_frames; /* as the file says; `frames` is how many it describes */
    struct dicom_frame *frame;
    size_t frames;
    struct dicom_names frame_types; /* Frame Types of an enhanced file; else empty */

    /* structure set or segmentation */
    struct dicom_roi *roi;
    size_t rois;
    struct dicom_reference *reference; /* in the order of the file */
    size_t references;
    struct dicom_names instances; /* every SOP Instance UID that it names as an image */
};

/* Reads the header of path. ERR_REFUSED: the file is not DICOM, or its header cannot be read; *h is
 * then empty. Release with dicom_header_free. */
bool dicom_header_read(const char *path, struct dicom_header *h, struct err *e);

/* Its two ways, for tests that compare them. The quick one is false, and *h empty, for a file that
 * is not plain. */
bool dicom_header_read_plainly(const char *path, struct dicom_header *h);
bool dicom_header_read_by_dcmtk(const char *path, struct dicom_header *h, struct err *e);

void dicom_header_free(struct dicom_header *h); /* a zeroed one is fine */

/* The note for a region that is named by its observation. */
#define DICOM_NOTE_BY_OBSERVATION "ROI Name is empty: named by the label of its observation"

#ifdef __cplusplus
}
#endif

#endif
