// Elements of VR UN, as a system writes them that does not know the attribute: the value in
// implicit VR, little endian (PS3.5, 6.2.2).
#include "object.h"

#include <dcmtk/dcmdata/dcistrmb.h>
#include <dcmtk/dcmdata/dcostrmb.h>

namespace gen
{

static std::string words(const DcmTagKey &tag)
{
    const Uint16 g = tag.getGroup(), e = tag.getElement();
    return {(char)(g & 255), (char)(g >> 8), (char)(e & 255), (char)(e >> 8)};
}

static std::string length(uint32_t n)
{
    return {(char)(n & 255), (char)(n >> 8 & 255), (char)(n >> 16 & 255), (char)(n >> 24)};
}

// The element alone, in a transfer syntax of little endian.
static std::string encoded(DcmItem *element_of, const DcmTag &tag, E_TransferSyntax syntax,
                           E_EncodingType lengths)
{
    DcmDataset alone;
    DcmElement *copy = nullptr;
    if (element_of->findAndGetElement(tag, copy, OFFalse, OFTrue).bad() || !copy)
        fail(2, std::string("no such element: ") + DcmTag(tag).getTagName());
    alone.insert(copy);
    const Uint32 room = alone.calcElementLength(syntax, lengths) + 64;
    std::string bytes(room, '\0');
    DcmOutputBufferStream out(&bytes[0], room);
    alone.transferInit();
    OFCondition ok = alone.write(out, syntax, lengths, nullptr);
    alone.transferEnd();
    if (ok.bad())
        fail(1, std::string("cannot write an element: ") + ok.text());
    bytes.resize((size_t)out.filled());
    return bytes;
}

std::string make_unknown(const std::string &bytes, const std::string &keyword, bool undefined)
{
    DcmTag tag;
    DcmFileFormat file;
    if (DcmTag::findTagFromName(keyword.c_str(), tag).bad())
        fail(2, "no such attribute: " + keyword);
    DcmInputBufferStream in;
    in.setBuffer(bytes.data(), (offile_off_t)bytes.size());
    in.setEos();
    file.transferInit();
    if (file.read(in).bad() || file.getDataset()->getOriginalXfer() != EXS_LittleEndianExplicit)
        fail(2, "--unknown wants a file of explicit VR, little endian");
    file.transferEnd();
    DcmItem *data = file.getDataset();
    const std::string value =
        encoded(data, tag, EXS_LittleEndianImplicit, EET_ExplicitLength).substr(8);
    // as save() wrote it
    const size_t n = encoded(data, tag, EXS_LittleEndianExplicit, EET_UndefinedLength).size();
    const size_t from = bytes.find(words(tag), 132);
    if (from == std::string::npos || from + n > bytes.size())
        fail(1, "cannot find " + keyword + " in its file");
    std::string unknown = words(tag) + "UN" + std::string(2, '\0');
    unknown += length(undefined ? 0xffffffff : (uint32_t)value.size()) + value;
    if (undefined)
        unknown += words(DCM_SequenceDelimitationItemTag) + length(0);
    return bytes.substr(0, from) + unknown + bytes.substr(from + n);
}

} // namespace gen
