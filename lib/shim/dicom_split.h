/* C++ only, for dicom_header.cc: attributes that tell volumes of one series apart, and the number
 * of decimals of positions. */
#ifndef RADMILL_SHIM_DICOM_SPLIT_H
#define RADMILL_SHIM_DICOM_SPLIT_H

#include "shim/dicom_header.h"
#include "shim/dicom_read.h"

#include <map>

namespace radmill
{

/* The most decimals that a value of a DS element shows ("1.250": 3, "1.25e1": 1); 0 when it is in
 * binary or absent. */
int32_t shown_decimals(const any_item &item, const DcmTagKey &tag);

/* Fills f->split from the data set of a classic file; absent ones stay as they are. */
void read_splits(const any_item &data, struct dicom_frame *f);

/* The same from functional groups. */
void read_group_splits(const any_item &groups, struct dicom_frame *f);

/* Frame Types of an enhanced file, each with its component (magnitude, phase). */
class frame_types
{
  public:
    frame_types(const any_item &data, text_reader &text);

    /* Index of a frame's type, in the order of appearance. */
    uint32_t of(const any_item &groups);
    void hand_over(struct dicom_names *out);

  private:
    std::string type_of(const any_item &groups);
    text_reader &text_;
    std::string shared_;
    std::map<std::string, uint32_t> index_;
};

} // namespace radmill

#endif
