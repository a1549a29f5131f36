#include "course/choose.h"

#include "base/str.h"
#include "names/pattern.h"

#include <stdio.h>
#include <string.h>

static bool is_digest(const struct pseudonym_key *key, const char *patterns)
{
    return key->n && str_starts_with(patterns, CHOOSE_DIGEST);
}

void choose_digest(const struct pseudonym_key *key, const char *patterns, char out[PSEUDONYM_SIZE])
{
    if (is_digest(key, patterns))
        snprintf(out, PSEUDONYM_SIZE, "%s", patterns);
    else
        pseudonym_of_patterns(key, patterns, out);
}

void choose_mark(const struct pseudonym_key *key, const char *patterns, char out[PSEUDONYM_SIZE])
{
    char mark[PSEUDONYM_SIZE], digest[PSEUDONYM_SIZE] = "";
    pseudonym_key_mark(key, mark);
    if (key->n && patterns)
        choose_digest(key, patterns, digest);
    snprintf(out, PSEUDONYM_SIZE, "%.20s%.24s", mark, digest);
}

static bool has_patient(const struct course_file *f)
{
    return !f->problem && f->header.text[DICOM_PATIENT_ID];
}

static bool check_known(const struct file_list *files, struct err *e)
{
    size_t unknown = 0;
    for (size_t i = 0; i < files->n; i++)
        unknown += has_patient(&files->file[i]) && !files->file[i].disguised;
    return !unknown || err_set(e, ERR_USAGE,
                               "PATIENTS: only a digest of it is remembered, and %zu file%s new or "
                               "changed: give it again",
                               unknown, unknown == 1 ? " is" : "s are");
}

bool choose_patients(const struct pseudonym_key *key, const char *patterns, struct file_list *files,
                     struct err *e)
{
    struct str_list list = {0};
    if (patterns && is_digest(key, patterns))
        return check_known(files, e);
    bool ok = !patterns || patterns_parse(patterns, &list, e) || err_wrap(e, "--patients");
    for (size_t i = 0; ok && i < files->n; i++) {
        struct course_file *f = &files->file[i];
        if (has_patient(f) && !f->disguised)
            f->unselected = patterns && patterns_find(&list, f->header.text[DICOM_PATIENT_ID]) < 0;
    }
    str_list_free(&list);
    return ok;
}
