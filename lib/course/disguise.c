#include "course/disguise.h"

#include "base/mem.h"

#include <stdlib.h>

static void put_text(struct dicom_header *h, enum dicom_text which, const char *text)
{
    free(h->text[which]);
    h->text[which] = mem_strdup(text);
}

static bool has_header(const struct course_file *f)
{
    return !f->problem && f->header.text[DICOM_PATIENT_ID];
}

void disguise_file(struct course_file *f, const char *alias, const char *patient_id)
{
    free(f->alias);
    f->alias = mem_strdup(alias);
    if (!has_header(f))
        return;
    put_text(&f->header, DICOM_PATIENT_ID, patient_id);
    put_text(&f->header, DICOM_LABEL, "");
    f->disguised = true;
}

void disguise_files(const struct pseudonym_key *key, struct file_list *files)
{
    for (size_t i = 0; i < files->n; i++) {
        struct course_file *f = &files->file[i];
        char alias[PSEUDONYM_SIZE], patient[PSEUDONYM_SIZE] = "";
        pseudonym_of_path(key, f->path, alias);
        if (f->disguised) {
            f->alias = mem_strdup(alias);
            continue;
        }
        /* An empty identifier stays empty: it identifies nobody, and a structure set without one
         * may belong to any patient. */
        if (has_header(f) && f->header.text[DICOM_PATIENT_ID][0])
            pseudonym_of_patient(key, f->header.text[DICOM_PATIENT_ID], patient);
        disguise_file(f, alias, patient);
    }
}
