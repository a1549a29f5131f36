#include "shim/dicom_forgiven.h"

const char *dicom_forgiven_note(int bit)
{
    static const char *const note[DICOM_FORGAVE_BITS] = {
        "the data set is in another VR form or byte order than the file's header names: read as "
        "what it is",
        "texts with bytes that the file's character set does not explain: read as UTF-8, or else "
        "as ISO 8859-1",
        "pixel words in another byte order than the data set, as the private transfer syntax "
        "1.2.840.113619.5.2 has them",
        "the SOP Class UID stands only in the meta header",
        "times with colons or dates with dots, as they were written before DICOM",
    };
    return bit >= 0 && bit < DICOM_FORGAVE_BITS ? note[bit] : "";
}
