/* C++ only, for lib/shim/dicom_*.cc that call DCMTK. */
#ifndef RADMILL_SHIM_DICOM_ITEM_H
#define RADMILL_SHIM_DICOM_ITEM_H

#include "shim/dicom_read.h"

#include <dcmtk/dcmdata/dctk.h>

#include <functional>

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

/* guard_plain for a body that calls DCMTK. */
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

/* What is to be noted of a file that was read: bits of shim/dicom_forgiven.h. */
int64_t forgiven_in(DcmFileFormat &file, const text_reader &text);

/* The first item of a sequence, or null. */
inline DcmItem *first_item(DcmItem &item, const DcmTagKey &sequence)
{
    DcmItem *found = nullptr;
    return item.findAndGetSequenceItem(sequence, found, 0).good() ? found : nullptr;
}

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

} // namespace radmill

#endif
