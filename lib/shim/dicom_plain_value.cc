/* What is in a plain item. */
#include "shim/dicom_plain.h"

#include "shim/dicom_vrs.h"
#include "shim/little.h"

#include <algorithm>

namespace radmill
{

namespace
{

constexpr uint16_t SQ = vr_of('S', 'Q'), UI = vr_of('U', 'I'), US = vr_of('U', 'S'),
                   SS = vr_of('S', 'S');

bool is_visible(unsigned char c)
{
    return c >= 0x20 && c < 0x7f;
}

/* Digits and dots, and one NUL where the length would be odd. */
std::string uid_text(const plain_element &element)
{
    std::string text(reinterpret_cast<const char *>(element.value), element.bytes);
    if (!text.empty() && text.back() == '\0')
        text.pop_back();
    if (text.find_first_not_of("0123456789.") != std::string::npos)
        throw not_plain();
    return text;
}

std::string integers_text(const plain_element &element)
{
    std::string text;
    for (uint32_t i = 0; i < element.bytes; i += 2) {
        const int value = static_cast<int>(little16(element.value + i));
        text += i ? "\\" : "";
        text += std::to_string(element.vr == SS ? static_cast<int16_t>(value) : value);
    }
    return text;
}

} // namespace

const plain_element *plain_item::find(uint32_t tag) const
{
    auto found = std::lower_bound(elements.begin(), elements.end(), tag,
                                  [](const plain_element &e, uint32_t t) { return e.tag < t; });
    return found != elements.end() && found->tag == tag ? &*found : nullptr;
}

const std::vector<plain_item> *plain_item::sequence(uint32_t tag) const
{
    const plain_element *found = find(tag);
    if (found && found->vr != SQ)
        throw not_plain();
    return found ? &found->items : nullptr;
}

bool is_plain_text(const plain_element &element)
{
    return is_one_of(element.vr, short_texts) || is_one_of(element.vr, long_texts);
}

void expect_decimals(const plain_element &element)
{
    const unsigned char *from = element.value, *to = from + element.bytes;
    if (element.vr != vr_of('D', 'S') || !std::all_of(from, to, is_visible) ||
        std::all_of(from, to, [](unsigned char c) { return c == ' '; }))
        throw not_plain();
}

std::string plain_text(const plain_element &element)
{
    if (element.vr == US || element.vr == SS)
        return integers_text(element);
    if (element.vr == UI)
        return uid_text(element);
    if (!is_plain_text(element) ||
        !std::all_of(element.value, element.value + element.bytes, is_visible))
        throw not_plain();
    return std::string(reinterpret_cast<const char *>(element.value), element.bytes);
}

std::string plain_class(const plain_file &file)
{
    const plain_element *sop_class = file.data.find(0x00080016);
    return sop_class && sop_class->value ? plain_text(*sop_class) : "";
}

} // namespace radmill
