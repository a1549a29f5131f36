/* C++ only: an item of a data set, whether DCMTK has read it or shim/dicom_plain.h. Readers of
 * image headers take it; it converts from a DcmItem. A handle: it is copied, borrows the item, and
 * may be of none, which has no elements. Of a plain item, what only DCMTK may interpret throws
 * not_plain. */
#ifndef RADMILL_SHIM_DICOM_ANY_H
#define RADMILL_SHIM_DICOM_ANY_H

#include "shim/dicom_plain.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dctk.h>

#include <cstdint>
#include <string>
#include <vector>

namespace radmill
{

class any_item
{
  public:
    any_item() = default;
    any_item(DcmItem &item) : dcmtk_(&item)
    {
    }
    any_item(const plain_item &item) : plain_(&item)
    {
    }
    explicit operator bool() const
    {
        return dcmtk_ || plain_;
    }

    /* Null when the item is plain, or none. */
    DcmItem *dcmtk() const
    {
        return dcmtk_;
    }

    bool has(const DcmTagKey &tag) const;
    bool has_value(const DcmTagKey &tag) const;

    /* The length that the file gives to a value; 0 when it is absent. */
    uint32_t length(const DcmTagKey &tag) const;

    /* The text of an element as it is stored. false: it is absent, has no text, or is longer than
     * any header needs (its length may be wrong, and DCMTK would allocate it before it notices). */
    bool raw(const DcmTagKey &tag, std::string *text) const;

    /* The first item of a sequence, or none. */
    any_item first(const DcmTagKey &sequence) const;

    /* All of them. */
    std::vector<any_item> items(const DcmTagKey &sequence) const;

    /* The elements of the item that may say whose a private block is (PS3.5, 7.8.1). */
    std::vector<DcmTagKey> owners() const;

    /* Whose the block is; false when that is no short text. */
    bool owner(const DcmTagKey &tag, std::string *name) const;

  private:
    DcmElement *element(const DcmTagKey &tag) const;
    const plain_element *plain_element_of(const DcmTagKey &tag) const;

    DcmItem *dcmtk_ = nullptr;
    const plain_item *plain_ = nullptr;
};

} // namespace radmill

#endif
