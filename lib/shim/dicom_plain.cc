#include "shim/dicom_plain.h"

#include "shim/dicom_vrs.h"
#include "shim/little.h"

#include <cstring>

namespace radmill
{

namespace
{

constexpr uint16_t SQ = vr_of('S', 'Q'), UL = vr_of('U', 'L'), OB = vr_of('O', 'B'),
                   OW = vr_of('O', 'W');

/* Other VRs of the two forms. */
const char short_numbers[] = "USSSULSLFLFDAT", long_others[] = "OBOWSQ";

constexpr uint32_t UNDEFINED = 0xffffffff, ITEM = 0xfffee000, ITEM_END = 0xfffee00d,
                   SEQUENCE_END = 0xfffee0dd, FIRST_OF_META = 0x00020000,
                   FIRST_OF_DATA = 0x00080000, FIRST_OF_PIXELS = 0x7fe00008,
                   PIXEL_DATA = 0x7fe00010;
const int most_depth = 16;

/* A place in the bytes, and the end of what may be read there: of the file, or of a sequence or
 * item whose length is defined. */
class cursor
{
  public:
    cursor(const unsigned char *bytes, size_t n) : bytes_(bytes), n_(n), end_(n)
    {
    }

    /* Until `bytes` further on; what follows is left alone. */
    void enter(uint32_t bytes, size_t *outer)
    {
        *outer = end_;
        need(bytes);
        end_ = at + bytes;
    }

    void leave(size_t outer)
    {
        end_ = outer;
    }

    bool at_end() const
    {
        return at == end_;
    }

    const unsigned char *take(size_t bytes)
    {
        need(bytes);
        at += bytes;
        return bytes_ + at - bytes;
    }

    size_t at = 0;
    bool implicit = false; /* the elements do not say their VRs */

  private:
    void need(size_t bytes) const
    {
        if (bytes <= end_ - at)
            return;
        throw end_ == n_ ? plain_outcome::SHORT : plain_outcome::OTHER;
    }

    const unsigned char *bytes_;
    size_t n_, end_;
};

void expect(bool plain)
{
    if (!plain)
        throw plain_outcome::OTHER;
}

struct element_head {
    uint32_t tag, bytes;
    uint16_t vr;
};

uint32_t take_tag(cursor &c)
{
    const unsigned char *p = c.take(4);
    return little16(p) << 16 | little16(p + 2);
}

/* Tag and length; the dictionary knows the VR. */
element_head take_implicit_head(cursor &c)
{
    element_head head;
    head.tag = take_tag(c);
    expect(head.tag < ITEM);
    head.bytes = little32(c.take(4));
    head.vr = implicit_vr(head.tag);
    expect(head.vr != 0);
    return head;
}

element_head take_head(cursor &c)
{
    if (c.implicit)
        return take_implicit_head(c);
    element_head head;
    head.tag = take_tag(c);
    expect(head.tag < ITEM);
    const unsigned char *p = c.take(4);
    head.vr = static_cast<uint16_t>(p[0] << 8 | p[1]);
    head.bytes = little16(p + 2);
    if (is_one_of(head.vr, short_texts) || is_one_of(head.vr, short_numbers))
        return head;
    expect(head.bytes == 0 && (is_one_of(head.vr, long_texts) || is_one_of(head.vr, long_others)));
    head.bytes = little32(c.take(4));
    return head;
}

void take_elements(cursor &c, bool delimited, int depth, plain_item *out);

void take_items(cursor &c, uint32_t bytes, int depth, std::vector<plain_item> *out)
{
    const bool delimited = bytes == UNDEFINED;
    size_t outer = 0;
    expect(depth < most_depth);
    if (!delimited)
        c.enter(bytes, &outer);
    while (delimited || !c.at_end()) {
        const uint32_t tag = take_tag(c), length = little32(c.take(4));
        if (delimited && tag == SEQUENCE_END && length == 0)
            return;
        expect(tag == ITEM);
        size_t around = 0;
        out->emplace_back();
        if (length != UNDEFINED)
            c.enter(length, &around);
        take_elements(c, length == UNDEFINED, depth + 1, &out->back());
        if (length != UNDEFINED)
            c.leave(around);
    }
    c.leave(outer);
}

void take_value(cursor &c, const element_head &head, int depth, plain_item *out)
{
    expect(out->elements.empty() || out->elements.back().tag < head.tag);
    out->elements.push_back({head.tag, head.vr, head.bytes, nullptr, {}});
    plain_element &element = out->elements.back();
    if (head.vr == SQ) {
        take_items(c, head.bytes, depth, &element.items);
        return;
    }
    expect(head.bytes % 2 == 0); /* undefined is odd */
    element.value = c.take(head.bytes);
}

/* The elements of an item. */
void take_elements(cursor &c, bool delimited, int depth, plain_item *out)
{
    while (delimited || !c.at_end()) {
        const size_t start = c.at;
        if (delimited && take_tag(c) == ITEM_END) {
            expect(little32(c.take(4)) == 0);
            return;
        }
        c.at = start;
        take_value(c, take_head(c), depth, out);
    }
}

void take_meta(cursor &c, plain_item *out)
{
    const unsigned char *mark = c.take(132) + 128;
    expect(std::memcmp(mark, "DICM", 4) == 0);
    const element_head first = take_head(c);
    expect(first.tag == FIRST_OF_META && first.vr == UL && first.bytes == 4);
    size_t outer;
    c.enter(little32(c.take(4)), &outer);
    while (!c.at_end()) {
        const element_head head = take_head(c);
        expect(head.tag >> 16 == FIRST_OF_META >> 16 && head.vr != SQ);
        take_value(c, head, 0, out);
    }
    c.leave(outer);
    const plain_element *syntax = out->find(0x00020010);
    const std::string uid = syntax ? plain_text(*syntax) : "";
    c.implicit = uid == "1.2.840.10008.1.2" && has_own_dictionary();
    expect(c.implicit || uid == "1.2.840.10008.1.2.1");
}

/* The first element is of group 8, and in implicit VR its length has no letters, so that DCMTK,
 * which looks for itself, takes the data set for the same. */
void expect_first(const cursor &c, const element_head &head)
{
    expect(head.tag >> 16 == FIRST_OF_DATA >> 16 && (!c.implicit || (head.bytes & 0xff) < 'A'));
}

void take_file(cursor &c, plain_file *out)
{
    take_meta(c, &out->meta);
    for (;;) {
        const element_head head = take_head(c);
        if (out->data.elements.empty())
            expect_first(c, head);
        if (head.tag >= FIRST_OF_PIXELS) {
            expect(head.tag == PIXEL_DATA && head.bytes % 2 == 0 &&
                   (c.implicit || head.vr == OW || head.vr == OB));
            out->pixel_bytes = head.bytes;
            out->pixel_offset = c.at;
            return;
        }
        take_value(c, head, 0, &out->data);
    }
}

void take_object(cursor &c, plain_file *out)
{
    take_meta(c, &out->meta);
    while (!c.at_end()) {
        const element_head head = take_head(c);
        if (out->data.elements.empty())
            expect_first(c, head);
        expect(head.tag < FIRST_OF_PIXELS);
        take_value(c, head, 0, &out->data);
    }
}

plain_outcome parse(void (*take)(cursor &, plain_file *), const unsigned char *bytes, size_t n,
                    plain_file *out)
{
    cursor c(bytes, n);
    try {
        take(c, out);
    } catch (plain_outcome outcome) {
        return outcome;
    } catch (const not_plain &) {
        return plain_outcome::OTHER;
    }
    return plain_outcome::PLAIN;
}

} // namespace

plain_outcome plain_parse(const unsigned char *bytes, size_t n, plain_file *out)
{
    return parse(take_file, bytes, n, out);
}

plain_outcome plain_parse_object(const unsigned char *bytes, size_t n, plain_file *out)
{
    return parse(take_object, bytes, n, out);
}

} // namespace radmill
