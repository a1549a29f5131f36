/* Maximal correlation of packed kernels. Their matrices wait until eight of one size are there
 * (engine/features/mcc_queue.h), so that a kernel's coefficient, the mean over its directions, is
 * known some kernels later. */
#ifndef RADMILL_ENGINE_PACKED_PACKED_MCC_H
#define RADMILL_ENGINE_PACKED_PACKED_MCC_H

#include "engine/features/mcc_queue.h"
#include "engine/packed/packed.h"

enum { PACKED_MCC_KERNELS = 128 };

struct packed_mcc {
    struct mcc_queue *queue;
    int n; /* kernels whose coefficient is to come */
    struct packed_mcc_kernel {
        double *out;
        int n; /* directions */
        double value[PACKED_DIRECTIONS];
    } kernel[PACKED_MCC_KERNELS];
    bool coded;                      /* the kernel at hand has levels above MCC_CODES */
    uint8_t code[PACKED_LEVELS + 1]; /* of its levels, in their order */
};

/* Errors: ERR_FAILED without memory. Release with packed_mcc_close. */
bool packed_mcc_open(struct packed_mcc *m, struct err *e);
void packed_mcc_close(struct packed_mcc *m);

/* Can it be had of this kernel? Not of two levels, where the sign of a zero decides, nor of too
 * many. */
bool packed_mcc_fits(const struct packed_kernel *k);

/* Sets the codes for a kernel. */
void packed_mcc_begin(struct packed_mcc *m, const struct packed_kernel *k);

/* list[n]: the directions that have pairs, of levels, but pairs->levels of codes; they are spoiled.
 * *out is written by packed_mcc_finish or before, but not yet. */
void packed_mcc_add(struct packed_mcc *m, struct mcc_pairs *list, int n, double *out);
void packed_mcc_finish(struct packed_mcc *m);

#endif
