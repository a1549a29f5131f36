#include "shim/dicom_item.h"

extern "C" {
#include "base/num.h"
}
#include "shim/dicom_header.h"

#include <cstdlib>
#include <cstring>
#include <iconv.h>
#include <new>

namespace radmill
{

namespace
{

bool is_plain(const OFString &s)
{
    for (size_t i = 0; i < s.size(); i++)
        if (static_cast<unsigned char>(s[i]) >= 0x80 || s[i] == 0x1b)
            return false;
    return true;
}

/* Length of the well-formed UTF-8 sequence at p (n bytes left), or 0. */
size_t utf8_length(const unsigned char *p, size_t n)
{
    size_t want = p[0] < 0x80                   ? 1
                  : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
                  : (p[0] & 0xf0) == 0xe0       ? 3
                  : p[0] >= 0xf0 && p[0] < 0xf5 ? 4
                                                : 0;
    if (want == 0 || want > n)
        return 0;
    for (size_t i = 1; i < want; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return want;
}

bool is_utf8(const char *s, size_t n)
{
    const unsigned char *p = reinterpret_cast<const unsigned char *>(s);
    for (size_t i = 0; i < n;) {
        size_t k = utf8_length(p + i, n - i);
        if (!k)
            return false;
        i += k;
    }
    return true;
}

/* Character sets with escapes that DCMTK does not know on glibc (PS3.3, table C.12-4): the codec
 * that does, and an escape that it would trip over. */
const struct {
    const char *term, *codec, *escape;
} escaped_sets[] = {
    {"ISO 2022 IR 87", "ISO-2022-JP-2", ""},
    {"ISO 2022 IR 159", "ISO-2022-JP-2", ""},
    {"ISO 2022 IR 149", "EUC-KR", "\033$)C"},
    {"ISO 2022 IR 58", "GB2312", "\033$)A"},
};

/* raw by the codec; empty when a byte does not convert. */
std::string by_iconv(const char *codec, std::string raw)
{
    iconv_t converter = iconv_open("UTF-8", codec);
    if (converter == reinterpret_cast<iconv_t>(-1))
        return "";
    std::string out(4 * raw.size() + 8, '\0');
    char *from = raw.data(), *to = out.data();
    size_t left = raw.size(), room = out.size();
    bool good = iconv(converter, &from, &left, &to, &room) != static_cast<size_t>(-1) && left == 0;
    iconv_close(converter);
    out.resize(good ? out.size() - room : 0);
    return out;
}

std::string by_escaped_set(const OFString &charset, const OFString &raw)
{
    const std::string sets(charset.c_str(), charset.size());
    for (const auto &set : escaped_sets) {
        if (sets.find(set.term) == std::string::npos)
            continue;
        std::string bytes(raw.c_str(), raw.size());
        const std::string escape = set.escape;
        for (size_t at; !escape.empty() && (at = bytes.find(escape)) != std::string::npos;)
            bytes.erase(at, escape.size());
        std::string text = by_iconv(set.codec, bytes);
        if (!text.empty())
            return text;
    }
    return "";
}

std::string from_latin1(const OFString &s)
{
    std::string out;
    for (size_t i = 0; i < s.size(); i++) {
        unsigned char c = static_cast<unsigned char>(s[i]);
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else {
            out += static_cast<char>(0xc0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 0x3f));
        }
    }
    return out;
}

/* Spaces and NULs pad DICOM values at the end, spaces some at the front; a NUL inside ends what C
 * can see. */
std::string trimmed(const std::string &s)
{
    std::string t = s.substr(0, s.find('\0'));
    size_t from = t.find_first_not_of(" \t\r\n"), to = t.find_last_not_of(" \t\r\n");
    t = from == std::string::npos ? "" : t.substr(from, to - from + 1);
    if (t.size() > DICOM_TEXT_MOST) {
        size_t cut = DICOM_TEXT_MOST;
        while (cut > 0 && (static_cast<unsigned char>(t[cut]) & 0xc0) == 0x80)
            cut--;
        t.resize(cut);
    }
    return t;
}

} // namespace

namespace
{

/* The text of an element. Its length is a claim of the file, for which DCMTK would get memory
 * before it finds out: what no header needs is not asked for. */
bool get_raw(DcmItem &item, const DcmTagKey &tag, OFString *raw)
{
    const Uint32 most = 1 << 16;
    DcmElement *element = nullptr;
    return item.findAndGetElement(tag, element).good() && element &&
           element->getLengthField() <= most && element->getOFStringArray(*raw).good();
}

} // namespace

text_reader::text_reader(DcmItem &dataset)
{
    if (!get_raw(dataset, DCM_SpecificCharacterSet, &charset_))
        charset_.clear();
}

std::string text_reader::utf8(const OFString &raw)
{
    if (is_plain(raw))
        return std::string(raw.c_str(), raw.size());
    if (!selected_) {
        selected_ = true;
        usable_ = !charset_.empty() && converter_.selectCharacterSet(charset_).good();
    }
    OFString out;
    if (usable_ && converter_.convertString(raw, out, "\\=^").good() &&
        is_utf8(out.c_str(), out.size()))
        return std::string(out.c_str(), out.size());
    std::string text = by_escaped_set(charset_, raw);
    if (!text.empty())
        return text;
    if (is_utf8(raw.c_str(), raw.size()))
        return std::string(raw.c_str(), raw.size());
    return from_latin1(raw);
}

std::string text_reader::get(DcmItem &item, const DcmTagKey &tag)
{
    OFString raw;
    return get_raw(item, tag, &raw) ? trimmed(utf8(raw)) : "";
}

bool get_numbers(DcmItem &item, const DcmTagKey &tag, int n, double *out)
{
    OFString raw;
    if (!get_raw(item, tag, &raw))
        return false;
    std::string text(raw.c_str(), raw.size());
    size_t at = 0;
    for (int i = 0; i < n; i++) {
        size_t end = text.find('\\', at);
        if ((end == std::string::npos) != (i == n - 1))
            return false;
        if (!num_parse_double(trimmed(text.substr(at, end - at)).c_str(), &out[i]) ||
            !(out[i] - out[i] == 0))
            return false;
        at = end + 1;
    }
    return true;
}

bool get_integer(DcmItem &item, const DcmTagKey &tag, int64_t *out)
{
    OFString raw;
    if (!get_raw(item, tag, &raw))
        return false;
    std::string text(raw.c_str(), raw.size());
    return num_parse_int(trimmed(text.substr(0, text.find('\\'))).c_str(), out);
}

DcmItem *first_item(DcmItem &item, const DcmTagKey &sequence)
{
    DcmItem *found = nullptr;
    return item.findAndGetSequenceItem(sequence, found, 0).good() ? found : nullptr;
}

char *copy_text(const std::string &s)
{
    char *copy = static_cast<char *>(std::malloc(s.size() + 1));
    if (!copy)
        throw std::bad_alloc();
    std::memcpy(copy, s.c_str(), s.size() + 1);
    return copy;
}

} // namespace radmill
