/* Items that DCMTK has read, as any_item. */
#include "shim/dicom_item.h"

namespace radmill
{

namespace
{

DcmItem &dcmtk(void *item)
{
    return *static_cast<DcmItem *>(item);
}

DcmElement *find(void *item, const DcmTagKey &tag)
{
    DcmElement *found = nullptr;
    return dcmtk(item).findAndGetElement(tag, found).good() ? found : nullptr;
}

bool has(void *item, const DcmTagKey &tag)
{
    return dcmtk(item).tagExists(tag);
}

bool has_value(void *item, const DcmTagKey &tag)
{
    return dcmtk(item).tagExistsWithValue(tag);
}

uint32_t length(void *item, const DcmTagKey &tag)
{
    DcmElement *found = find(item, tag);
    return found ? found->getLengthField() : 0;
}

bool has_no_vr(DcmElement &element)
{
    return element.ident() == EVR_UN || element.ident() == EVR_UNKNOWN;
}

bool is_unknown(void *item, const DcmTagKey &tag)
{
    DcmElement *found = find(item, tag);
    return found && has_no_vr(*found);
}

/* The bytes of an unknown private element in implicit VR. */
bool unknown_text(DcmElement &element, std::string *text)
{
    Uint8 *bytes = nullptr;
    if (element.getUint8Array(bytes).bad() || !bytes)
        return false;
    text->assign(reinterpret_cast<const char *>(bytes), element.getLengthField());
    return true;
}

bool raw(void *item, const DcmTagKey &tag, std::string *text)
{
    OFString value;
    DcmElement *found = find(item, tag);
    if (!found || found->getLengthField() > most_of_a_text)
        return false;
    if (has_no_vr(*found))
        return unknown_text(*found, text);
    if (found->getOFStringArray(value, OFFalse).bad())
        return false;
    text->assign(value.c_str(), value.size());
    return true;
}

bool decimals(void *item, const DcmTagKey &tag, const char **text, size_t *n)
{
    DcmElement *found = find(item, tag);
    char *chars = nullptr;
    if (!found)
        return false;
    *n = found->getLength();
    if (found->getString(chars).bad())
        return false;
    *text = chars;
    return chars != nullptr && *n > 0;
}

any_item first(void *item, const DcmTagKey &sequence)
{
    DcmItem *found = first_item(dcmtk(item), sequence);
    return found ? any_item(*found) : any_item();
}

std::vector<any_item> items(void *item, const DcmTagKey &sequence)
{
    std::vector<any_item> all;
    each_item(dcmtk(item), sequence, [&](DcmItem &one, size_t) { all.emplace_back(one); });
    return all;
}

std::vector<DcmTagKey> owners(void *item)
{
    std::vector<DcmTagKey> tags;
    for (DcmObject *o = dcmtk(item).nextInContainer(nullptr); o; o = dcmtk(item).nextInContainer(o))
        if (may_be_owner(o->getGTag(), o->getETag()))
            tags.push_back(o->getTag());
    return tags;
}

bool owner(void *item, const DcmTagKey &tag, std::string *name)
{
    OFString value;
    DcmElement *found = find(item, tag);
    if (!found || found->getLengthField() > most_of_an_owner || found->getOFString(value, 0).bad())
        return false;
    name->assign(value.c_str(), value.size());
    return true;
}

std::string charset_of(void *item)
{
    std::string terms;
    for (DcmObject *o = &dcmtk(item); o; o = o->getParent()) {
        DcmItem *around = dynamic_cast<DcmItem *>(o);
        if (around && any_item(*around).raw(DCM_SpecificCharacterSet, &terms))
            break;
        terms.clear();
    }
    return terms;
}

const item_kind dcmtk_kind = {has,   has_value, length, is_unknown, raw,       decimals,
                              first, items,     owners, owner,      charset_of};

} // namespace

any_item::any_item(DcmItem &item) : kind_(&dcmtk_kind), item_(&item)
{
}

} // namespace radmill
