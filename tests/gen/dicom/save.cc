// Files of DICOM objects in every transfer syntax, true and untrue to their headers.
#include "object.h"

#include "shim/dicom_syntax.h"

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <vector>

namespace gen
{

// The codecs are registered once; DCMTK keeps them in globals.
static void register_codecs()
{
    static bool done = false;
    if (done)
        return;
    DcmRLEEncoderRegistration::registerCodecs();
    DJEncoderRegistration::registerCodecs(ECC_lossyYCbCr, EUC_never);
    DJLSEncoderRegistration::registerCodecs();
    done = true;
}

// DCMTK pads an odd JPEG-LS stream with a byte of whatever its buffer held: the same words would
// not give the same bytes.
static void clear_padding(DcmDataset *d, E_TransferSyntax syntax)
{
    DcmElement *element = nullptr;
    DcmPixelSequence *items = nullptr;
    if (d->findAndGetElement(DCM_PixelData, element).bad() ||
        static_cast<DcmPixelData *>(element)
            ->getEncapsulatedRepresentation(syntax, nullptr, items)
            .bad())
        return;
    for (unsigned long i = 1; i < items->card(); i++) { // the first one is the offset table
        DcmPixelItem *item = nullptr;
        Uint8 *byte = nullptr;
        if (items->getItem(item, i).bad() || item->getUint8Array(byte).bad())
            continue;
        const Uint32 n = item->getLength();
        if (n > 2 && byte[n - 3] == 0xff && byte[n - 2] == 0xd9) // end of image
            byte[n - 1] = 0;
    }
}

static const struct {
    const char *name;
    E_TransferSyntax syntax;
} syntaxes[] = {
    {"implicit", EXS_LittleEndianImplicit},
    {"explicit", EXS_LittleEndianExplicit},
    {"big", EXS_BigEndianExplicit},
    {"deflated", EXS_DeflatedLittleEndianExplicit},
    {"rle", EXS_RLELossless},
    {"jpeg", EXS_JPEGProcess14SV1},
    {"jpeg14", EXS_JPEGProcess14},
    {"jpegls", EXS_JPEGLSLossless},
    {"ge", EXS_PrivateGE_LEI_WithBigEndianPixelData},
};

static E_TransferSyntax syntax_of(const std::string &name)
{
    for (const auto &t : syntaxes)
        if (name == t.name)
            return t.syntax;
    fail(2, "unknown transfer syntax " + name);
}

static void encode(DcmFileFormat &file, const std::string &path, E_TransferSyntax syntax)
{
    if (!radmill::is_encapsulated(DcmXfer(syntax)))
        return;
    register_codecs();
    DJ_RPLossless lossless;
    const bool plain = syntax == EXS_RLELossless || syntax == EXS_JPEGLSLossless;
    OFCondition ok = file.getDataset()->chooseRepresentation(syntax, plain ? nullptr : &lossless);
    if (ok.bad())
        fail(1, "cannot encode " + path + ": " + ok.text());
    clear_padding(file.getDataset(), syntax);
}

// Pixel words with their bytes swapped; DCMTK reads this syntax and does not write it.
static void swap_words(DcmDataset *d)
{
    Uint16 *word = nullptr;
    unsigned long n = 0;
    if (d->findAndGetUint16Array(DCM_PixelData, const_cast<const Uint16 *&>(word), &n).bad())
        return;
    std::vector<Uint16> swapped(word, word + n);
    for (Uint16 &w : swapped)
        w = (Uint16)(w << 8 | w >> 8);
    d->putAndInsertUint16Array(DCM_PixelData, swapped.data(), n);
}

static void apply_unknown(const Spec &s, const std::string &path, const std::string &which)
{
    for (const std::string &text : s.unknown) {
        const size_t colon = text.find(':'), comma = text.find(',');
        if (colon == std::string::npos)
            fail(2, "--unknown WHICH:KEYWORD[,undefined]: " + text);
        if (text.substr(0, colon) != which)
            continue;
        const std::string keyword =
            text.substr(colon + 1, comma == std::string::npos ? comma : comma - colon - 1);
        write_bytes(path, make_unknown(read_bytes(path), keyword, comma != std::string::npos));
    }
}

void save(const Spec &s, DcmFileFormat &file, const std::string &path, const std::string &syntax,
          const std::string &which)
{
    const E_TransferSyntax form = syntax_of(syntax);
    const E_TransferSyntax said = s.says.empty() ? form : syntax_of(s.says);
    const bool ge = form == EXS_PrivateGE_LEI_WithBigEndianPixelData;
    if (ge)
        swap_words(file.getDataset());
    encode(file, path, form);
    // DCMTK makes the meta header from the data set; a class that stands there alone stays.
    const bool class_in_meta = !file.getDataset()->tagExists(DCM_SOPClassUID) &&
                               file.getMetaInfo()->tagExists(DCM_MediaStorageSOPClassUID);
    OFCondition ok = EC_Normal;
    if (!ge && said == form && !class_in_meta) {
        ok = file.saveFile(path.c_str(), form);
    } else {
        if (!class_in_meta)
            ok = file.validateMetaInfo(form);
        put(file.getMetaInfo(), DCM_TransferSyntaxUID, DcmXfer(said).getXferID());
        if (ok.good())
            ok = file.saveFile(path.c_str(), ge ? EXS_LittleEndianImplicit : form,
                               EET_UndefinedLength, EGL_recalcGL, EPD_noChange, 0, 0,
                               EWM_dontUpdateMeta);
    }
    if (ok.bad())
        fail(1, "cannot write " + path + ": " + ok.text());
    apply_unknown(s, path, which);
}

} // namespace gen
