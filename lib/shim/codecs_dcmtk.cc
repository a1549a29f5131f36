/* The plugin of DCMTK's decoders for JPEG and JPEG-LS. Its entry is called once. */
#include "shim/dicom_codecs.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

#include <cstdlib>

static void forget()
{
    DJLSDecoderRegistration::cleanup();
    DJDecoderRegistration::cleanup();
}

void radmill_codecs_start(void)
{
    DJDecoderRegistration::registerCodecs(EDC_never);
    DJLSDecoderRegistration::registerCodecs();
    std::atexit(forget);
}
