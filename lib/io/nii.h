/* NIfTI-1 and -2 files (.nii, .nii.gz, stdin, pairs of .hdr and .img) and ANALYZE 7.5, headers by
 * the NIfTI C library.
 *
 * What is read: geometry exactly as ITK reads it (so that values equal pyradiomics' on the same
 * file): qform before sform where both agree, RAS turned into LPS, single precision. Pixel type of
 * the file is kept; with a scaling other than 1/0 (slope 0 counts as 1) voxels become float32
 * (float64 stays), value = slope * raw + intercept formed in double. Floating-point voxels that are
 * infinite or not a number count as 0, as the NIfTI C library reads them, and with it ITK. 2-D
 * files have dims 2. 4-D files are refused; vector files (dim[5] > 1) and colours (RGB24,
 * RGBA32) have channels > 1, interleaved.
 *
 * What is written: NIfTI-1, little-endian, both forms, and one header extension (code 6, comment)
 * that starts with "radmill-grid " and holds spacing, origin and direction in full double
 * precision: contours are drawn on that exact grid (nii_exact_grid), while every other program
 * sees the usual header. */
#ifndef RADMILL_IO_NII_H
#define RADMILL_IO_NII_H

#include "io/atomic.h"
#include "vol/volume.h"

/* Is path's content NIfTI (plain or gzip, a pair by either name), by its first bytes? It may be
 * broken all the same. What cannot be read counts as such when it is named .nii or .nii.gz. */
bool nii_recognise(const char *path);

/* Reads path ("-": stdin, must be uncompressed or gzip NIfTI). Uncompressed native-order files are
 * mapped: pages cost only when touched. Release with volume_free. ERR_REFUSED names file and cause.
 */
bool nii_read(const char *path, struct volume *out, struct err *e);

/* Only the grid and pixel type; data stays NULL. A file too short for its voxels is refused. */
bool nii_read_header(const char *path, struct volume *out, struct err *e);

/* The grid in double precision from radmill's extension where the file has one that agrees with its
 * header (1e-5 voxel), else the header's. Not for "-". */
bool nii_exact_grid(const char *path, struct grid *out, struct err *e);

/* The text of header extensions of one code (4 AFNI, 6 comment, ...), joined by newlines; an empty
 * string when there is none (free()). TotalSegmentator keeps its label names in one. NULL: error.
 */
char *nii_extension_text(const char *path, int code, struct err *e);

/* Writes v (channels 1) to path: gzip when it ends in .gz, "-" is uncompressed stdout. With
 * keep_equal an equal file stays untouched. ERR_REFUSED when a side is longer than 32767 (NIfTI-1).
 */
bool nii_write(const char *path, const struct volume *v, bool keep_equal, struct err *e);

/* A volume that is written as it is made, plane by plane: nothing of it is held. Not for ".gz". */
struct nii_stream {
    struct out_file out;
    char *name;
    int64_t written, handed; /* bytes so far; bytes that the disk was asked to begin with */
    size_t start;            /* of the voxels in the file */
};

/* Opens path and writes the header. Ends with nii_stream_commit or nii_stream_abort. */
bool nii_stream_open(struct nii_stream *s, const char *path, const struct grid *g,
                     enum pixel_type type, bool keep_equal, struct err *e);

/* Where in a buffer the voxels that begin `at` bytes behind the first are best made: pages of
 * memory then hold what pages of the file will, and the system copies them in half the time. The
 * buffer needs NII_STREAM_ROOM bytes more than the voxels. */
enum { NII_STREAM_PAGE = 4096, NII_STREAM_ROOM = 2 * NII_STREAM_PAGE };
void *nii_stream_place(const struct nii_stream *s, char *buffer, size_t at);

bool nii_stream_put(struct nii_stream *s, const void *voxels, size_t bytes, struct err *e);
bool nii_stream_commit(struct nii_stream *s, struct err *e); /* closes in every case */
void nii_stream_abort(struct nii_stream *s);                 /* removes what was written */

#endif
