/* Minting: patient and ROI names are data from strangers; only minted names become path components,
 * targets or words of a command (docs/formats.md, "Names").
 *
 * A name stays as it is when it matches [A-Za-z0-9][A-Za-z0-9._-]{0,63} and is unique among its
 * siblings ignoring case; otherwise (and for every member of a clashing group) it becomes a slug of
 * its allowed letters plus '-' and 8 hexadecimal digits of a digest of the original. */
#ifndef RADMILL_NAMES_MINT_H
#define RADMILL_NAMES_MINT_H

#include <stdbool.h>
#include <stddef.h>

enum { MINT_SIZE = 80 };

struct mint_name {
    const char *original;
    /* Tells two siblings of one original apart (ROI number and SOP instance UID, say); only looked
     * at for those, and then part of the digest. May be NULL when originals are known to differ. */
    const char *discriminator;
    char minted[MINT_SIZE]; /* out */
    unsigned copy;          /* out: how many before it have its original and its discriminator */
};

bool mint_is_plain(const char *name);

/* Fills `minted` of all n siblings; distinct ignoring case, whatever comes in. The result for one
 * name depends on its clashing siblings only, never on their order; but what has one original and
 * one discriminator can be told apart by nothing else. */
void mint_siblings(struct mint_name *name, size_t n);

/* "YYYY-MM_MOD_hhhhhh" (docs/formats.md, "Names"). study_date: DICOM DA "YYYYMMDD", or empty or
 * malformed: "0000-00". modality: "CT", "MR" or "PT". */
void mint_course_id(const char *study_date, const char *modality, const char *series_uid,
                    char out[MINT_SIZE]);

#endif
