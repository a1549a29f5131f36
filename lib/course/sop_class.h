/* How radmill treats a SOP class. */
#ifndef RADMILL_COURSE_SOP_CLASS_H
#define RADMILL_COURSE_SOP_CLASS_H

enum sop_kind {
    SOP_IMAGE, /* CT, MR, PT: may become a course */
    SOP_RTSTRUCT,
    SOP_SEG,
    SOP_OTHER, /* listed, never used */
};

struct sop_class {
    const char *uid;
    enum sop_kind kind;
    const char *name; /* for messages */
};

/* The entry of a SOP Class UID (PS3.6, annex A); for one that is not in the table: SOP_OTHER and
 * the name "object of another class". Never NULL. */
const struct sop_class *sop_class_of(const char *uid);

#endif
