/* Handles of items, and items that shim/dicom_plain.h has read. */
#include "shim/dicom_any.h"

namespace radmill
{

namespace
{

const plain_item &plain(void *item)
{
    return *static_cast<const plain_item *>(item);
}

uint32_t number_of(const DcmTagKey &tag)
{
    return static_cast<uint32_t>(tag.getGroup()) << 16 | tag.getElement();
}

const plain_element *find(void *item, const DcmTagKey &tag)
{
    return plain(item).find(number_of(tag));
}

bool has(void *item, const DcmTagKey &tag)
{
    return find(item, tag) != nullptr;
}

/* Whether blanks alone are a value is for DCMTK to say. */
bool has_value(void *item, const DcmTagKey &tag)
{
    const plain_element *found = find(item, tag);
    if (!found || found->bytes == 0)
        return false;
    if (plain_text(*found).find_first_not_of(' ') == std::string::npos)
        throw not_plain();
    return true;
}

uint32_t length(void *item, const DcmTagKey &tag)
{
    const plain_element *found = find(item, tag);
    return found ? found->bytes : 0;
}

/* What is unknown is not plain, which whoever asks for its text will notice. */
bool is_unknown(void *, const DcmTagKey &)
{
    return false;
}

bool raw(void *item, const DcmTagKey &tag, std::string *text)
{
    const plain_element *found = find(item, tag);
    if (!found || found->bytes > most_of_a_text)
        return false;
    *text = plain_text(*found);
    return true;
}

bool decimals(void *item, const DcmTagKey &tag, const char **text, size_t *n)
{
    const plain_element *found = find(item, tag);
    if (!found || found->bytes == 0)
        return false;
    expect_decimals(*found);
    *text = reinterpret_cast<const char *>(found->value);
    *n = found->bytes;
    return true;
}

any_item first(void *item, const DcmTagKey &sequence)
{
    const std::vector<plain_item> *items = plain(item).sequence(number_of(sequence));
    return items && !items->empty() ? any_item(items->front()) : any_item();
}

std::vector<any_item> items(void *item, const DcmTagKey &sequence)
{
    const std::vector<plain_item> *all = plain(item).sequence(number_of(sequence));
    return all ? std::vector<any_item>(all->begin(), all->end()) : std::vector<any_item>();
}

std::vector<DcmTagKey> owners(void *item)
{
    std::vector<DcmTagKey> tags;
    for (const plain_element &e : plain(item).elements)
        if (may_be_owner(e.tag >> 16, e.tag & 0xffff))
            tags.emplace_back(static_cast<Uint16>(e.tag >> 16), static_cast<Uint16>(e.tag));
    return tags;
}

/* The first of several values, without blanks around it. */
std::string first_value(const std::string &values)
{
    const std::string text = values.substr(0, values.find('\\'));
    const size_t from = text.find_first_not_of(' '), to = text.find_last_not_of(' ');
    return from == std::string::npos ? "" : text.substr(from, to - from + 1);
}

bool owner(void *item, const DcmTagKey &tag, std::string *name)
{
    const plain_element *found = find(item, tag);
    if (!found || found->bytes > most_of_an_owner || !is_plain_text(*found))
        return false;
    *name = first_value(plain_text(*found));
    return true;
}

std::string charset_of(void *)
{
    return ""; /* plain text is ASCII in every one */
}

const item_kind plain_kind = {has,   has_value, length, is_unknown, raw,       decimals,
                              first, items,     owners, owner,      charset_of};

} // namespace

any_item::any_item(const plain_item &item)
    : kind_(&plain_kind), item_(const_cast<plain_item *>(&item))
{
}

bool any_item::has(const DcmTagKey &tag) const
{
    return kind_ && kind_->has(item_, tag);
}

bool any_item::has_value(const DcmTagKey &tag) const
{
    return kind_ && kind_->has_value(item_, tag);
}

uint32_t any_item::length(const DcmTagKey &tag) const
{
    return kind_ ? kind_->length(item_, tag) : 0;
}

bool any_item::is_unknown(const DcmTagKey &tag) const
{
    return kind_ && kind_->is_unknown(item_, tag);
}

bool any_item::raw(const DcmTagKey &tag, std::string *text) const
{
    return kind_ && kind_->raw(item_, tag, text);
}

bool any_item::decimals(const DcmTagKey &tag, const char **text, size_t *n) const
{
    return kind_ && kind_->decimals(item_, tag, text, n);
}

any_item any_item::first(const DcmTagKey &sequence) const
{
    return kind_ ? kind_->first(item_, sequence) : any_item();
}

std::vector<any_item> any_item::items(const DcmTagKey &sequence) const
{
    return kind_ ? kind_->items(item_, sequence) : std::vector<any_item>();
}

std::vector<DcmTagKey> any_item::owners() const
{
    return kind_ ? kind_->owners(item_) : std::vector<DcmTagKey>();
}

bool any_item::owner(const DcmTagKey &tag, std::string *name) const
{
    return kind_ && kind_->owner(item_, tag, name);
}

std::string any_item::charset() const
{
    return kind_ ? kind_->charset(item_) : "";
}

} // namespace radmill
