/* C++ only, for dicom_header*.cc: regions and references of structure sets and segmentations. */
#ifndef RADMILL_SHIM_DICOM_REFERENCES_H
#define RADMILL_SHIM_DICOM_REFERENCES_H

#include "shim/dicom_header.h"
#include "shim/dicom_read.h"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace radmill
{

/* The labels of RT ROI Observations: what an ROI is called whose ROI Name is empty. They are read
 * when the first is asked for. */
class observation_labels
{
  public:
    observation_labels(const any_item &data, text_reader &text) : data_(data), text_(text)
    {
    }

    /* Empty when there is none. */
    std::string of(int64_t roi_number);

  private:
    any_item data_;
    text_reader &text_;
    std::map<int64_t, std::string> label_;
    bool read_ = false;
};

/* SOP Instance UIDs with frame numbers, as struct dicom_named has them. */
using named_images = std::set<std::pair<std::string, uint32_t>>;

/* Adds what one item of a sequence of image references names. */
void name_image(const any_item &item, text_reader &text, named_images &images);

/* The images that functional groups say a frame was derived from. */
named_images sources_of(const any_item &groups, text_reader &text);

/* "UID" or "UID#FRAME", joined by backslashes. */
std::string names_text(const named_images &images);

/* ROIs and references of an RTSTRUCT. */
void read_structure_set(const any_item &data, text_reader &text, struct dicom_header *h);

/* Numbers of a label map's pixels that are background: 0, and Pixel Padding Value; none, of
 * another Segmentation Type. */
std::set<int64_t> background_of(const any_item &data, text_reader &text);

/* Segments and references of a SEG; its texts are in h already. */
void read_segmentation(const any_item &data, text_reader &text, struct dicom_header *h);

} // namespace radmill

#endif
