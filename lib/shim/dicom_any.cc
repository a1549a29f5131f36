#include "shim/dicom_any.h"

namespace radmill
{

namespace
{

const Uint32 most_of_a_text = 1 << 16, most_of_an_owner = 64;

uint32_t number_of(const DcmTagKey &tag)
{
    return static_cast<uint32_t>(tag.getGroup()) << 16 | tag.getElement();
}

bool may_be_owner(Uint16 group, Uint16 element)
{
    return group % 2 == 1 && element >= 0x10 && element <= 0xff;
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

bool text_of(DcmElement &element, std::string *text)
{
    OFString value;
    const DcmEVR vr = element.ident();
    if (vr == EVR_UN || vr == EVR_UNKNOWN)
        return unknown_text(element, text);
    if (element.getOFStringArray(value, OFFalse).bad())
        return false;
    text->assign(value.c_str(), value.size());
    return true;
}

/* The first of several values, without blanks around it. */
std::string first_value(const std::string &values)
{
    const std::string text = values.substr(0, values.find('\\'));
    const size_t from = text.find_first_not_of(' '), to = text.find_last_not_of(' ');
    return from == std::string::npos ? "" : text.substr(from, to - from + 1);
}

} // namespace

DcmElement *any_item::element(const DcmTagKey &tag) const
{
    DcmElement *found = nullptr;
    return dcmtk_ && dcmtk_->findAndGetElement(tag, found).good() ? found : nullptr;
}

const plain_element *any_item::plain_element_of(const DcmTagKey &tag) const
{
    return plain_ ? plain_->find(number_of(tag)) : nullptr;
}

bool any_item::has(const DcmTagKey &tag) const
{
    return dcmtk_ ? dcmtk_->tagExists(tag) : plain_element_of(tag) != nullptr;
}

/* Whether blanks alone are a value is for DCMTK to say. */
bool any_item::has_value(const DcmTagKey &tag) const
{
    const plain_element *found = plain_element_of(tag);
    if (!found || found->bytes == 0)
        return dcmtk_ && dcmtk_->tagExistsWithValue(tag);
    if (plain_text(*found).find_first_not_of(' ') == std::string::npos)
        throw not_plain();
    return true;
}

uint32_t any_item::length(const DcmTagKey &tag) const
{
    DcmElement *found = element(tag);
    const plain_element *plain = plain_element_of(tag);
    return found ? found->getLengthField() : plain ? plain->bytes : 0;
}

bool any_item::raw(const DcmTagKey &tag, std::string *text) const
{
    DcmElement *found = element(tag);
    const plain_element *plain = plain_element_of(tag);
    if (found)
        return found->getLengthField() <= most_of_a_text && text_of(*found, text);
    if (!plain || plain->bytes > most_of_a_text)
        return false;
    *text = plain_text(*plain);
    return true;
}

any_item any_item::first(const DcmTagKey &sequence) const
{
    DcmItem *found = nullptr;
    if (dcmtk_)
        return dcmtk_->findAndGetSequenceItem(sequence, found, 0).good() ? any_item(*found)
                                                                         : any_item();
    const std::vector<plain_item> *items = plain_ ? plain_->sequence(number_of(sequence)) : nullptr;
    return items && !items->empty() ? any_item(items->front()) : any_item();
}

std::vector<any_item> any_item::items(const DcmTagKey &sequence) const
{
    std::vector<any_item> all;
    const std::vector<plain_item> *items = plain_ ? plain_->sequence(number_of(sequence)) : nullptr;
    if (items)
        all.assign(items->begin(), items->end());
    DcmSequenceOfItems *list = nullptr;
    if (!dcmtk_ || dcmtk_->findAndGetSequence(sequence, list).bad() || !list)
        return all;
    for (DcmObject *o = list->nextInContainer(nullptr); o; o = list->nextInContainer(o))
        if (DcmItem *item = dynamic_cast<DcmItem *>(o))
            all.emplace_back(*item);
    return all;
}

std::vector<DcmTagKey> any_item::owners() const
{
    std::vector<DcmTagKey> tags;
    for (DcmObject *o = dcmtk_ ? dcmtk_->nextInContainer(nullptr) : nullptr; o;
         o = dcmtk_->nextInContainer(o))
        if (may_be_owner(o->getGTag(), o->getETag()))
            tags.push_back(o->getTag());
    for (size_t i = 0; plain_ && i < plain_->elements.size(); i++) {
        const uint32_t tag = plain_->elements[i].tag;
        const Uint16 group = static_cast<Uint16>(tag >> 16), element = static_cast<Uint16>(tag);
        if (may_be_owner(group, element))
            tags.emplace_back(group, element);
    }
    return tags;
}

bool any_item::owner(const DcmTagKey &tag, std::string *name) const
{
    DcmElement *found = element(tag);
    const plain_element *plain = plain_element_of(tag);
    OFString value;
    if (length(tag) > most_of_an_owner)
        return false;
    if (plain && is_plain_text(*plain))
        *name = first_value(plain_text(*plain));
    else if (found && found->getOFString(value, 0).good())
        name->assign(value.c_str(), value.size());
    else
        return false;
    return true;
}

} // namespace radmill
