#include "course/home_private.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool home_nowhere(struct finder *f, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    free(f->home->reason);
    f->home->reason = mem_strdup(text);
    f->home->group = NULL;
    return false;
}

void home_forgive(struct finder *f, const char *format, ...)
{
    char text[600];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    str_list_add(&f->home->notes, text);
    f->home->forgiven = true;
}

const char *home_patient(const struct finder *f)
{
    return f->set->text[DICOM_PATIENT_ID];
}

bool home_shares_frame(const struct finder *f, const struct group *g, const char **given)
{
    const char *frame = group_text(g, DICOM_FRAME_OF_REFERENCE);
    *given = f->roi->frame_of_reference;
    if ((*given)[0])
        return strcmp(*given, frame) == 0;
    for (size_t i = 0; i < f->set->references; i++) {
        const char *declared = f->set->reference[i].frame_of_reference;
        if (declared[0] && strcmp(declared, frame) == 0)
            return true;
        *given = (*given)[0] ? *given : declared;
    }
    return false;
}
