/* C++ only, for lib/shim/dicom_*.cc: reads DCMTK's items into plain values, and turns every
 * exception into an error. */
#ifndef RADMILL_SHIM_DICOM_ITEM_H
#define RADMILL_SHIM_DICOM_ITEM_H

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
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace radmill
{

/* Silences DCMTK (our messages say what went wrong), gives it its dictionary and the decoder that
 * needs no other library (the others: shim/dicom_codecs.h); once. */
void dicom_start();

/* A step of dicom_start: the data dictionary. To be called before DCMTK looks for any tag. */
void dicom_dictionary();

/* Runs the task on a thread of its own with a large stack: DCMTK reads, searches and frees nested
 * sequences by recursion, and a file decides how deep they go. When such a thread cannot be
 * created, the task runs in the calling thread. One task at a time. */
void run_deep(const std::function<void()> &task);

/* Has the calling task used up the part of its stack that is meant for reading? The rest is kept
 * for searching and freeing what was read. dicom_stream.h then stops reading. */
bool stack_is_spent();

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

/* The same for a body that calls DCMTK. */
template <class Body> bool guard_here(struct err *e, Body body) noexcept
{
    return guard_plain(e, [&] {
        dicom_start();
        return body();
    });
}

/* The errno (0: none) of reading from any stream since the last call. DCMTK takes a failed read for
 * the end of the file, and may accept what it has read before. */
int take_stream_trouble();

/* The same on the thread with the large stack: for everything that touches a data set. */
template <class Body> bool dicom_guard(struct err *e, Body body) noexcept
{
    bool ok = false;
    run_deep([&] {
        take_stream_trouble();
        ok = guard_here(e, body);
        const int trouble = take_stream_trouble();
        if (trouble)
            ok = err_set(e, ERR_FAILED, "reading a DICOM file: %s", std::strerror(trouble));
    });
    return ok;
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
    std::string utf8(DcmItem &item, const std::string &bytes);
    std::string terms_;
    std::unique_ptr<charset> set_; /* of terms_ */
    size_t guesses_ = 0;
};

/* What is to be noted of a file that was read: bits of shim/dicom_forgiven.h. */
int64_t forgiven_in(DcmFileFormat &file, const text_reader &text);

/* Exactly n numbers of a DS (or any text or number) element. */
bool get_numbers(const any_item &item, const DcmTagKey &tag, int n, double *out);
bool get_integer(const any_item &item, const DcmTagKey &tag, int64_t *out);

/* The first item of a sequence, or null. */
DcmItem *first_item(DcmItem &item, const DcmTagKey &sequence);

/* Calls visit(DcmItem &, size_t index) for every item of a sequence that is there. */
template <class Visit> void each_item(DcmItem &parent, const DcmTagKey &sequence, Visit visit)
{
    DcmSequenceOfItems *list = nullptr;
    if (parent.findAndGetSequence(sequence, list).bad() || !list)
        return;
    size_t i = 0;
    for (DcmObject *o = list->nextInContainer(nullptr); o; o = list->nextInContainer(o))
        if (DcmItem *item = dynamic_cast<DcmItem *>(o))
            visit(*item, i++);
}

/* SOP Class UID of a file: the data set's, else the meta header's. */
std::string class_of(DcmFileFormat &file);

char *copy_text(const std::string &s); /* malloc'ed; throws when there is no memory */

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
