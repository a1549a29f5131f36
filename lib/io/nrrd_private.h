/* Shared by nrrd_fields.c, nrrd_grid.c and nrrd_read.c only. */
#ifndef RADMILL_IO_NRRD_PRIVATE_H
#define RADMILL_IO_NRRD_PRIVATE_H

#include "io/nrrd.h"
#include "io/voxels.h"

enum { NRRD_AXES = 16, NRRD_SPACE = 4 };

/* What an axis is for. */
enum nrrd_kind {
    NRRD_DOMAIN,    /* of space or time, or not said */
    NRRD_COMPONENT, /* the parts of a voxel */
    NRRD_FOREIGN,   /* complex numbers, tensors: neither a mask nor an image for radmill */
};

struct nrrd_axis {
    int64_t size;
    double spacing, min, max; /* NAN: not given */
    bool node;                /* samples lie on the borders of `min` and `max` */
    enum nrrd_kind kind;
    int parts; /* that the kind has; 0: any number */
    bool has_vector;
    double vector[NRRD_SPACE];
};

struct nrrd_header {
    enum pixel_type type;
    int axes, space_axes; /* space_axes 0: no space */
    double sign[2];       /* that turn x and y of the space into LPS */
    struct nrrd_axis axis[NRRD_AXES];
    bool has_origin;
    double origin[NRRD_SPACE];
    int endian;             /* 0: not given; else 1 little, 2 big */
    bool detached, listing; /* listing: the names of data files are the last lines */
    int file_axes;          /* of one of several data files; 0: one less than axes */
    struct voxel_data data;
    uint32_t seen; /* a bit for each field */
};

/* A table of words ends with a NULL name; case is ignored. NULL: it has no such word. */
struct nrrd_word {
    const char *name;
    int value;
};
const struct nrrd_word *nrrd_find_word(const struct nrrd_word *table, const char *name);

/* Fields about axes and space (nrrd_axes.c); false: the value is invalid. value is cut into pieces.
 */
bool nrrd_take_space(struct nrrd_header *h, char *value);
bool nrrd_take_space_dimension(struct nrrd_header *h, char *value);
bool nrrd_take_sizes(struct nrrd_header *h, char *value);
bool nrrd_take_spacings(struct nrrd_header *h, char *value);
bool nrrd_take_mins(struct nrrd_header *h, char *value);
bool nrrd_take_maxs(struct nrrd_header *h, char *value);
bool nrrd_take_centerings(struct nrrd_header *h, char *value);
bool nrrd_take_kinds(struct nrrd_header *h, char *value);
bool nrrd_take_directions(struct nrrd_header *h, char *value);
bool nrrd_take_origin(struct nrrd_header *h, char *value);

/* The fields of a header's text; data.file holds names as they are written. Release with
 * voxel_data_free(&h->data). ERR_REFUSED names the line. */
bool nrrd_fields(const char *text, struct nrrd_header *h, struct err *e);

/* Grid and components from the fields. *at: the place of the axis of components, -1: none. */
bool nrrd_place(const struct nrrd_header *h, struct grid *g, int *channels, int *at, struct err *e);

#endif
