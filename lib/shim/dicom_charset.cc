#include "shim/dicom_charset.h"

#include "base/utf8.h"

#include <cctype>
#include <cstring>
#include <iconv.h>

namespace radmill
{

namespace
{

const code_element ascii = {};
/* Two-byte sets are spelled in the codecs' form: the high bit set in each byte, and for JIS X 0212
 * the shift that EUC-JP has for it. */
const code_element jis_0208 = {"EUC-JP", 2, ""}, jis_0212 = {"EUC-JP", 2, "\x8f"},
                   korean = {"EUC-KR", 2, ""}, chinese = {"GB2312", 2, ""},
                   katakana = {"SJIS", 1, ""};

code_element single(const char *codec)
{
    return {codec, 1, ""};
}

/* The registration numbers of PS3.3, tables C.12-2 to C.12-5; what stands in G1 from the start. The
 * Japanese two-byte sets are in G0, and only behind their escape. */
const struct {
    const char *number;
    code_element g1;
} registered[] = {
    {"6", ascii},
    {"100", single("ISO-8859-1")},
    {"101", single("ISO-8859-2")},
    {"109", single("ISO-8859-3")},
    {"110", single("ISO-8859-4")},
    {"144", single("ISO-8859-5")},
    {"127", single("ISO-8859-6")},
    {"126", single("ISO-8859-7")},
    {"138", single("ISO-8859-8")},
    {"148", single("ISO-8859-9")},
    {"203", single("ISO-8859-15")},
    {"166", single("TIS-620")},
    {"13", katakana},
    {"14", katakana},
    {"87", ascii},
    {"159", ascii},
    {"149", korean},
    {"58", chinese},
};

/* Character sets that are no code elements, and terms as other systems spell them, by their letters
 * and digits.
 */
const struct {
    const char *name, *codec;
} whole_sets[] = {
    {"ISOIR192", "UTF-8"},
    {"ISO2022IR192", "UTF-8"},
    {"UTF8", "UTF-8"},
    {"GB18030", "GB18030"},
    {"ISO2022GB18030", "GB18030"},
    {"GBK", "GBK"},
    {"ISO2022GBK", "GBK"},
    {"GB2312", "GB2312"},
    {"EUCKR", "EUC-KR"},
    {"EUCJP", "EUC-JP"},
    {"SHIFTJIS", "SJIS"},
    {"SJIS", "SJIS"},
    {"BIG5", "BIG5"},
    {"KOI8R", "KOI8-R"},
    {"LATIN1", "ISO-8859-1"},
    {"LATIN2", "ISO-8859-2"},
    {"CP1250", "CP1250"},
    {"CP1251", "CP1251"},
    {"CP1252", "CP1252"},
    {"CP1253", "CP1253"},
    {"CP1254", "CP1254"},
    {"CP1255", "CP1255"},
    {"CP1256", "CP1256"},
    {"CP1257", "CP1257"},
    {"WINDOWS1250", "CP1250"},
    {"WINDOWS1251", "CP1251"},
    {"WINDOWS1252", "CP1252"},
    {"WINDOWS1253", "CP1253"},
    {"WINDOWS1254", "CP1254"},
    {"WINDOWS1255", "CP1255"},
    {"WINDOWS1256", "CP1256"},
    {"WINDOWS1257", "CP1257"},
    {"ISO88591", "ISO-8859-1"},
    {"ISO88592", "ISO-8859-2"},
    {"ISO88593", "ISO-8859-3"},
    {"ISO88594", "ISO-8859-4"},
    {"ISO88595", "ISO-8859-5"},
    {"ISO88596", "ISO-8859-6"},
    {"ISO88597", "ISO-8859-7"},
    {"ISO88598", "ISO-8859-8"},
    {"ISO88599", "ISO-8859-9"},
    {"ISO885911", "TIS-620"},
    {"ISO885915", "ISO-8859-15"},
};

const struct {
    const char *sequence; /* behind ESC */
    int element;          /* 0: G0, 1: G1 */
    code_element code;
} escapes[] = {
    {"(B", 0, ascii},
    {"(J", 0, ascii}, /* JIS X 0201 romaji: 0x5c and 0x7e as other readers take them */
    {")I", 1, katakana},
    {"$B", 0, jis_0208},
    {"$@", 0, jis_0208},
    {"$(D", 0, jis_0212},
    {"$)C", 1, korean},
    {"$)A", 1, chinese},
    {"$(C", 0, korean},
    {"$A", 0, chinese},
    {"-A", 1, single("ISO-8859-1")},
    {"-B", 1, single("ISO-8859-2")},
    {"-C", 1, single("ISO-8859-3")},
    {"-D", 1, single("ISO-8859-4")},
    {"-L", 1, single("ISO-8859-5")},
    {"-G", 1, single("ISO-8859-6")},
    {"-F", 1, single("ISO-8859-7")},
    {"-H", 1, single("ISO-8859-8")},
    {"-M", 1, single("ISO-8859-9")},
    {"-b", 1, single("ISO-8859-15")},
    {"-T", 1, single("TIS-620")},
};

/* Appends the bytes by the codec; false when one does not convert. */
bool convert(const char *codec, std::string bytes, std::string *out)
{
    iconv_t converter = iconv_open("UTF-8", codec);
    if (converter == reinterpret_cast<iconv_t>(-1))
        return false;
    std::string text(4 * bytes.size() + 8, '\0');
    char *from = bytes.data(), *to = text.data();
    size_t left = bytes.size(), room = text.size();
    bool good = iconv(converter, &from, &left, &to, &room) != static_cast<size_t>(-1) && left == 0;
    iconv_close(converter);
    if (good)
        out->append(text, 0, text.size() - room);
    return good;
}

/* Letters and digits only, in upper case: writers differ in the characters between them. */
std::string canonical(const std::string &term)
{
    std::string name;
    for (unsigned char c : term)
        if (c < 0x80 && std::isalnum(c))
            name += static_cast<char>(std::toupper(c));
    return name;
}

std::string first_term(const std::string &terms)
{
    return canonical(terms.substr(0, terms.find('\\')));
}

/* Walks over one value. Characters that one codec reads are converted together. */
class extension_reader
{
  public:
    extension_reader(const std::string &value, code_element g0, code_element g1)
        : value_(value), first0_(g0), first1_(g1), now_{g0, g1}
    {
    }

    bool read(std::string *out)
    {
        while (good_ && at_ < value_.size())
            step();
        flush();
        *out = text_;
        return good_;
    }

  private:
    void step()
    {
        const unsigned char c = static_cast<unsigned char>(value_[at_]);
        if (c == 0x1b) {
            escape();
        } else if (c <= 0x20 || c == 0x7f || (c < 0x80 && !now_[0].codec)) {
            flush();
            text_ += static_cast<char>(c);
            at_++;
            if (std::strchr("\\\t\r\n\f", c)) /* delimiters end what an escape began */
                now_[0] = first0_, now_[1] = first1_;
        } else {
            character(now_[c >= 0x80], c);
        }
    }

    void escape()
    {
        for (const auto &e : escapes)
            if (value_.compare(at_ + 1, std::strlen(e.sequence), e.sequence) == 0) {
                now_[e.element] = e.code;
                at_ += 1 + std::strlen(e.sequence);
                return;
            }
        good_ = false;
    }

    void character(const code_element &code, unsigned char c)
    {
        /* Shift JIS is often labelled as JIS X 0201, to which its lead bytes do not belong */
        const bool lead = code.codec == katakana.codec && (c < 0xa1 || c > 0xdf);
        const size_t bytes = lead ? 2 : static_cast<size_t>(code.bytes);
        if (!code.codec || value_.size() - at_ < bytes) {
            good_ = false;
            return;
        }
        if (codec_ && std::strcmp(codec_, code.codec) != 0)
            flush();
        codec_ = code.codec;
        pending_ += code.prefix;
        for (size_t i = 0; i < bytes; i++) {
            unsigned char b = static_cast<unsigned char>(value_[at_++]);
            good_ = good_ && (code.bytes == 1 || (b & 0x7f) > 0x20);
            pending_ += static_cast<char>(code.bytes == 2 ? b | 0x80 : b);
        }
    }

    void flush()
    {
        good_ = good_ && (!codec_ || convert(codec_, pending_, &text_));
        codec_ = nullptr;
        pending_.clear();
    }

    const std::string &value_;
    code_element first0_, first1_, now_[2];
    size_t at_ = 0;
    bool good_ = true;
    const char *codec_ = nullptr; /* of the characters not yet converted */
    std::string pending_, text_;
};

} // namespace

std::string from_latin1(const std::string &s)
{
    std::string out;
    for (unsigned char c : s) {
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else {
            out += static_cast<char>(0xc0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 0x3f));
        }
    }
    return out;
}

charset::charset(const std::string &terms)
{
    const std::string name = first_term(terms);
    for (const auto &set : whole_sets)
        if (name == set.name)
            whole_ = set.codec;
    for (const auto &set : registered) {
        const std::string number = set.number;
        for (const char *before : {"ISOIR", "ISO2022IR", "ISO2022"})
            if (name == before + number)
                g1_ = set.g1;
    }
}

bool charset::decode(const std::string &value, std::string *utf8) const
{
    if (whole_ == "UTF-8") {
        *utf8 = value;
        return utf8_valid(value.data(), value.size());
    }
    utf8->clear();
    if (!whole_.empty())
        return convert(whole_.c_str(), value, utf8);
    return extension_reader(value, g0_, g1_).read(utf8);
}

} // namespace radmill
