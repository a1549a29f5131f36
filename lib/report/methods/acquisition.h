/* How the images were acquired: a table for each modality, from courses.csv. */
#ifndef RADMILL_REPORT_METHODS_ACQUISITION_H
#define RADMILL_REPORT_METHODS_ACQUISITION_H

#include "report/methods/md.h"

/* Appends the tables. Numbers: the least, the median and the greatest, or each value while there
 * are few; texts: the most frequent ones. What no image states has no row. */
bool methods_acquisition(const char *courses_csv, struct md *page, struct err *e);

#endif
