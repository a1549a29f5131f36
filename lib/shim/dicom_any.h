/* C++ only: an item of a data set, whether DCMTK has read it or shim/dicom_plain.h. Readers of
 * image headers take it; it converts from both kinds of item. A handle: it is copied, borrows the
 * item, and may be of none, which has no elements. Of a plain item, what only DCMTK may interpret
 * throws not_plain. What is here needs the names of DCMTK's tags, but not its library: programs
 * load that when they meet the first file that is not plain (shim/dicom_calls.h). */
#ifndef RADMILL_SHIM_DICOM_ANY_H
#define RADMILL_SHIM_DICOM_ANY_H

#include "shim/dicom_plain.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdeftag.h>

#include <cstdint>
#include <string>
#include <vector>

class DcmItem;

namespace radmill
{

struct item_kind;

class any_item
{
  public:
    any_item() = default;
    any_item(DcmItem &item);
    any_item(const plain_item &item);
    explicit operator bool() const
    {
        return kind_ != nullptr;
    }

    bool has(const DcmTagKey &tag) const;
    bool has_value(const DcmTagKey &tag) const;

    /* The length that the file gives to a value; 0 when it is absent. */
    uint32_t length(const DcmTagKey &tag) const;

    /* Is it there, of a VR that neither the file nor a dictionary says? */
    bool is_unknown(const DcmTagKey &tag) const;

    /* The text of an element as it is stored. false: it is absent, has no text, or is longer than
     * any header needs (its length may be wrong, and DCMTK would allocate it before it notices). */
    bool raw(const DcmTagKey &tag, std::string *text) const;

    /* Decimals of any number (VR DS) as they lie in memory. false: there are none. */
    bool decimals(const DcmTagKey &tag, const char **text, size_t *n) const;

    /* The first item of a sequence, or none. */
    any_item first(const DcmTagKey &sequence) const;

    /* All of them. */
    std::vector<any_item> items(const DcmTagKey &sequence) const;

    /* The elements of the item that may say whose a private block is (PS3.5, 7.8.1). */
    std::vector<DcmTagKey> owners() const;

    /* Whose the block is; false when that is no short text. */
    bool owner(const DcmTagKey &tag, std::string *name) const;

    /* The character set of the item: its own, or that of the nearest enclosing item (PS3.5, 7.5.3).
     */
    std::string charset() const;

  private:
    const item_kind *kind_ = nullptr;
    void *item_ = nullptr;
};

/* What items of one kind answer; `item` is what the handle was made of. */
struct item_kind {
    bool (*has)(void *item, const DcmTagKey &tag);
    bool (*has_value)(void *item, const DcmTagKey &tag);
    uint32_t (*length)(void *item, const DcmTagKey &tag);
    bool (*is_unknown)(void *item, const DcmTagKey &tag);
    bool (*raw)(void *item, const DcmTagKey &tag, std::string *text);
    bool (*decimals)(void *item, const DcmTagKey &tag, const char **text, size_t *n);
    any_item (*first)(void *item, const DcmTagKey &sequence);
    std::vector<any_item> (*items)(void *item, const DcmTagKey &sequence);
    std::vector<DcmTagKey> (*owners)(void *item);
    bool (*owner)(void *item, const DcmTagKey &tag, std::string *name);
    std::string (*charset)(void *item);
};

const uint32_t most_of_a_text = 1 << 16, most_of_an_owner = 64;

inline bool may_be_owner(uint32_t group, uint32_t element)
{
    return group % 2 == 1 && element >= 0x10 && element <= 0xff;
}

} // namespace radmill

#endif
