/* C++ only, for lib/shim/dicom_*.cc: reads items into plain values, and turns every exception into
 * an error. */
#ifndef RADMILL_SHIM_DICOM_READ_H
#define RADMILL_SHIM_DICOM_READ_H

extern "C" {
#include "base/err.h"
}

#include "shim/dicom_any.h"
#include "shim/dicom_charset.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace radmill
{

/* Runs body(), which does without DCMTK; whatever it throws becomes an error. */
template <class Body> bool guard_plain(struct err *e, Body body) noexcept
{
    try {
        return body();
    } catch (const std::bad_alloc &) {
        return err_set(e, ERR_FAILED, "out of memory in the DICOM reader");
    } catch (const std::exception &x) {
        return err_set(e, ERR_FAILED, "DICOM reader: %s", x.what());
    } catch (...) {
        return err_set(e, ERR_FAILED, "DICOM reader: unknown exception");
    }
}

/* Texts of a data set in UTF-8. What the character set does not explain is read as UTF-8 where it
 * is well-formed, else as ISO 8859-1, and counted. */
class text_reader
{
  public:
    /* All values of an element, each without padding, joined by backslashes; empty when it is
     * absent. */
    std::string get(const any_item &item, const DcmTagKey &tag);

    size_t guesses() const
    {
        return guesses_;
    }

  private:
    std::string utf8(const any_item &item, const std::string &bytes);
    std::string terms_;
    std::unique_ptr<charset> set_; /* of terms_ */
    size_t guesses_ = 0;
};

/* Exactly n numbers of a DS (or any text or number) element. */
bool get_numbers(const any_item &item, const DcmTagKey &tag, int n, double *out);
bool get_integer(const any_item &item, const DcmTagKey &tag, int64_t *out);

/* Calls visit(const any_item &) for every item of a sequence that is there. */
template <class Visit> void each_any(const any_item &parent, const DcmTagKey &sequence, Visit visit)
{
    for (const any_item &item : parent.items(sequence))
        visit(item);
}

char *copy_text(const std::string &s); /* malloc'ed; throws when there is no memory */

/* malloc'ed and zeroed, for C to free(); throws when there is no memory. */
template <class T> T *new_array(size_t n)
{
    void *p = std::calloc(n ? n : 1, sizeof(T));
    if (!p)
        throw std::bad_alloc();
    return static_cast<T *>(p);
}

/* The elements as an array for free(); never null. */
template <class T> T *copy_array(const std::vector<T> &elements)
{
    T *array = static_cast<T *>(std::calloc(elements.size() + 1, sizeof(T)));
    if (!array)
        throw std::bad_alloc();
    std::copy(elements.begin(), elements.end(), array);
    return array;
}

} // namespace radmill

#endif
