/* C++ only: what a transfer syntax says about the pixels. */
#ifndef RADMILL_SHIM_DICOM_SYNTAX_H
#define RADMILL_SHIM_DICOM_SYNTAX_H

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcxfer.h>

namespace radmill
{

/* Are pixels kept in fragments? DCMTK 3.6.9 gave the question another name, which older releases do
 * not have, and calls the one that all have deprecated. */
inline bool is_encapsulated(const DcmXfer &syntax)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    return syntax.isEncapsulated();
#pragma GCC diagnostic pop
}

} // namespace radmill

#endif
