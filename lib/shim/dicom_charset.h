/* C++ only: Specific Character Set (0008,0005), and values in it as UTF-8 (PS3.3 C.12.1.1.2;
 * PS3.5 6.1.2). */
#ifndef RADMILL_SHIM_DICOM_CHARSET_H
#define RADMILL_SHIM_DICOM_CHARSET_H

#include <cstddef>
#include <string>

namespace radmill
{

/* How the bytes of one code element (G0: below 0x80, G1: above) become characters. */
struct code_element {
    const char *codec;  /* of iconv; null: ASCII in G0, nothing in G1 */
    int bytes;          /* of one character */
    const char *prefix; /* that the codec wants before each character */
};

class charset
{
  public:
    /* The element's value, backslashes between several terms; empty: the default repertoire. */
    explicit charset(const std::string &terms);

    /* All of the value as UTF-8; code extensions are undone, whether or not the terms announce
     * them. false: bytes that the set does not explain. */
    bool decode(const std::string &value, std::string *utf8) const;

  private:
    std::string whole_; /* a codec for values as a whole: UTF-8, GB18030, GBK; empty: elements */
    code_element g0_ = {}, g1_ = {};
};

std::string from_latin1(const std::string &s);

} // namespace radmill

#endif
