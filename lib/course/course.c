#include "course/course.h"

#include <stdlib.h>

void course_free(struct course *c)
{
    series_free(&c->series);
    str_list_free(&c->notes);
    for (size_t i = 0; i < c->rois; i++)
        str_list_free(&c->roi[i].notes);
    free(c->set);
    free(c->roi);
    *c = (struct course){0};
}

const char *course_text(const struct course *c, enum dicom_text which)
{
    return c->series.file[0]->header.text[which];
}
