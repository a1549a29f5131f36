#include "shim/dicom_pet.h"

#include <strings.h>

namespace radmill
{

namespace
{

/* An element of a private block (PS3.5, 7.8.1): of the block that the creator has reserved; of the
 * first one, when no block is reserved. */
std::string private_text(const any_item &data, text_reader &text, Uint16 group, const char *creator,
                         Uint16 offset)
{
    bool reserved = false;
    for (const DcmTagKey &tag : data.owners()) {
        const std::string whose = tag.getGroup() == group ? text.get(data, tag) : "";
        const Uint16 first = static_cast<Uint16>(tag.getElement() << 8);
        if (whose == creator)
            return text.get(data, DcmTagKey(group, first | offset));
        reserved = reserved || !whose.empty();
    }
    return reserved ? "" : text.get(data, DcmTagKey(group, static_cast<Uint16>(0x1000 | offset)));
}

/* "GE" is the beginning of other names too. */
bool is_maker(const std::string &manufacturer, const char *maker)
{
    const size_t n = std::strlen(maker);
    return strncasecmp(manufacturer.c_str(), maker, n) == 0 &&
           (manufacturer.size() == n || !std::isalpha(static_cast<unsigned char>(manufacturer[n])));
}

std::string dose_words(const any_item &item, text_reader &text)
{
    std::string words;
    for (const DcmTagKey &tag :
         {DCM_Radiopharmaceutical, DCM_RadiopharmaceuticalStartTime,
          DCM_RadiopharmaceuticalStartDateTime, DCM_RadiopharmaceuticalStopTime,
          DCM_RadiopharmaceuticalStopDateTime, DCM_RadionuclideTotalDose, DCM_RadionuclideHalfLife,
          DCM_RadionuclidePositronFraction, DCM_RadiopharmaceuticalVolume})
        words += text.get(item, tag) + "\n";
    for (const DcmTagKey &tag : {DCM_RadionuclideCodeSequence, DCM_RadiopharmaceuticalCodeSequence})
        if (const any_item code = item.first(tag))
            words += text.get(code, DCM_CodeValue) + "\n";
    return words;
}

} // namespace

std::string vendor_time(const any_item &data, text_reader &text)
{
    static const struct {
        const char *maker, *creator;
        Uint16 group, offset;
    } table[] = {{"GE", "GEMS_PETD_01", 0x0009, 0x0d},
                 {"Siemens", "SIEMENS MED PT", 0x0071, 0x22},
                 {"CPS", "SIEMENS MED PT", 0x0071, 0x22}, /* earlier makers of these scanners */
                 {"CTI", "SIEMENS MED PT", 0x0071, 0x22}};
    const std::string manufacturer = text.get(data, DCM_Manufacturer);
    for (const auto &row : table)
        if (is_maker(manufacturer, row.maker))
            return private_text(data, text, row.group, row.creator, row.offset);
    return "";
}

std::string several_doses(const any_item &data, text_reader &text)
{
    std::string first, state;
    bool any = false;
    for (const any_item &item : data.items(DCM_RadiopharmaceuticalInformationSequence)) {
        const std::string words = dose_words(item, text);
        if (!any)
            first = words;
        else if (state != "differ")
            state = words == first ? "same" : "differ";
        any = true;
    }
    return state;
}

bool modern_time(std::string *text)
{
    std::string out;
    const bool dots = text->size() >= 10 && (*text)[4] == '.' && (*text)[7] == '.';
    for (size_t i = 0; i < text->size(); i++)
        if ((*text)[i] != ':' && !(dots && (i == 4 || i == 7)))
            out += (*text)[i];
    const bool old = out != *text;
    *text = out;
    return old;
}

} // namespace radmill
