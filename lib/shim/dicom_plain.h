/* C++ only: a quick reader of files of the plainest kind, without DCMTK. Such a file has a meta
 * header, little endian, ascending tags, even and fitting lengths, VRs that every release knows
 * (not UN; those of the dictionary, where the file does not say any), and at its end native pixels
 * of integers, or no pixels at all. Whatever is not so is left to DCMTK, which knows what may be
 * forgiven: OTHER here is no verdict on a file.
 *
 * That both readers find the same in the same file is what tests/unit/shim/test_dicom_header.c,
 * tests/odd and the fuzz target `dicom` compare. */
#ifndef RADMILL_SHIM_DICOM_PLAIN_H
#define RADMILL_SHIM_DICOM_PLAIN_H

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

namespace radmill
{

/* Thrown where an element is asked for whose value only DCMTK may interpret. */
class not_plain : public std::exception
{
};

struct plain_item;

struct plain_element {
    uint32_t tag;               /* group << 16 | element */
    uint16_t vr;                /* two letters, the first one in the high byte */
    uint32_t bytes;             /* of the value; what it is for a sequence does not matter */
    const unsigned char *value; /* in the bytes that were parsed */
    std::vector<plain_item> items;
};

struct plain_item {
    std::vector<plain_element> elements; /* in ascending order of tags */

    const plain_element *find(uint32_t tag) const; /* null: absent */

    /* Items of a sequence; null: it is absent. */
    const std::vector<plain_item> *sequence(uint32_t tag) const;
};

struct plain_file {
    plain_item meta, data;
    size_t pixel_offset;  /* of the first pixel in the file */
    uint32_t pixel_bytes; /* length of the element */
};

enum class plain_outcome { PLAIN, SHORT, OTHER };

/* Parses a file with pixels of which the first n bytes are given. SHORT: more of them are needed to
 * tell; out then holds the elements before the end, the last of which may have no value. */
plain_outcome plain_parse(const unsigned char *bytes, size_t n, plain_file *out);

/* The same of a whole file without pixels. SHORT: it breaks off. */
plain_outcome plain_parse_object(const unsigned char *bytes, size_t n, plain_file *out);

/* Class of a file that was parsed, as far as it goes: SOP Class UID; empty when it is not there. */
std::string plain_class(const plain_file &file);

/* The value as DCMTK would give it: text without regard to padding at its end (a visible part of
 * ASCII), or 16-bit integers as decimals, with backslashes between. */
std::string plain_text(const plain_element &element);

/* Throws unless the value is of VR DS, visible, and more than blanks. */
void expect_decimals(const plain_element &element);

/* Is the VR one of text? */
bool is_plain_text(const plain_element &element);

} // namespace radmill

#endif
