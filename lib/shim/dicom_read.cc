#include "shim/dicom_read.h"

extern "C" {
#include "base/num.h"
}
#include "base/utf8.h"
#include "shim/dicom_charset.h"
#include "shim/dicom_header.h"

#include <cstdlib>
#include <cstring>
#include <new>

namespace radmill
{

namespace
{

bool is_ascii(const std::string &s)
{
    for (unsigned char c : s)
        if (c >= 0x80 || c == 0x1b)
            return false;
    return true;
}

/* DICOM values are padded with spaces or NULs at the end, some with spaces at the front. A NUL
 * inside ends a C string. */
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

/* Each of the values between backslashes without its padding. */
static std::string trim_each(const std::string &s)
{
    std::string out;
    for (size_t at = 0; at <= s.size();) {
        size_t end = std::min(s.find('\\', at), s.size());
        out += (at ? "\\" : "") + trimmed(s.substr(at, end - at));
        at = end + 1;
    }
    return trimmed(out);
}

std::string text_reader::utf8(const any_item &item, const std::string &bytes)
{
    const std::string terms = item.charset();
    if (!set_ || terms != terms_) {
        terms_ = terms;
        set_.reset(new charset(terms));
    }
    std::string text;
    if (set_->decode(bytes, &text))
        return text;
    guesses_++;
    return utf8_valid(bytes.data(), bytes.size()) ? bytes : from_latin1(bytes);
}

std::string text_reader::get(const any_item &item, const DcmTagKey &tag)
{
    std::string raw;
    if (!item.raw(tag, &raw))
        return "";
    return trim_each(is_ascii(raw) ? raw : utf8(item, raw));
}

bool get_numbers(const any_item &item, const DcmTagKey &tag, int n, double *out)
{
    std::string text;
    if (!item.raw(tag, &text))
        return false;
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

bool get_integer(const any_item &item, const DcmTagKey &tag, int64_t *out)
{
    std::string text;
    if (!item.raw(tag, &text))
        return false;
    return num_parse_int(trimmed(text.substr(0, text.find('\\'))).c_str(), out);
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
