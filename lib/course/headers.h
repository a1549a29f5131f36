/* Headers of many files. */
#ifndef RADMILL_COURSE_HEADERS_H
#define RADMILL_COURSE_HEADERS_H

#include "course/file.h"
#include "pool/pool.h"

/* Reads the header of every file of the list that has neither a header nor a problem; a file that
 * is not DICOM or cannot be read gets its `problem`. Paths are relative to the folder `root`.
 * `told` (may be NULL) is called with the progress. */
void headers_read(const char *root, struct file_list *files,
                  void (*told)(size_t done, size_t total));

/* The same by the threads of a pool (NULL: by this one); nobody is told. */
void headers_read_together(const char *root, struct file_list *files, struct pool *pool);

/* The form of progress of `dcm2nii-course --scan --progress` on standard output: this word and two
 * numbers. */
#define PROGRESS_MARK "@radmill scan"

#endif
