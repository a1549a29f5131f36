/* Checks of the cohort's inputs: that there are courses, and that everything could be read. */
#include "graph/run.h"

#include "graph/plan.h"
#include "io/json.h"

#include <string.h>

bool run_check_courses(const struct run_settings *s, const json_t *manifest, struct err *e)
{
    bool secret = settings_get(s, SET_PSEUDONYMIZE) != NULL;
    size_t left_out = json_array_size(json_object_get(manifest, "left_out"));
    if (json_array_size(json_object_get(manifest, "courses")))
        return true;
    const char *root = secret ? "DICOM_ROOT" : settings_get(s, SET_DICOM_ROOT);
    if (!left_out)
        return err_set(e, ERR_REFUSED,
                       "%s: no file in it (is it mounted?); tables stay as they are", root);
    return err_set(e, ERR_REFUSED,
                   "%s: no image that can be used, %zu entries left out (" MANIFEST_FILE
                   " says why); tables stay as they are",
                   root, left_out);
}

bool run_check_readable(struct err *e)
{
    size_t i, n = 0;
    const json_t *row, *first = NULL;
    json_t *job = json_read(LEFT_OUT_JOB, e);
    if (!job)
        return false;
    json_array_foreach(json_object_get(job, "left_out"), i, row)
    {
        if (!json_is_true(json_object_get(row, "unreadable")))
            continue;
        first = first ? first : row;
        n++;
    }
    if (first)
        err_set(
            e, ERR_FAILED,
            "%zu file%s or folder%s could not be read: %.300s: %.300s; the next run tries again "
            "(SKIP_PATHS passes over them)",
            n, n == 1 ? "" : "s", n == 1 ? "" : "s", json_get_text(first, "path", ""),
            json_get_text(first, "reason", ""));
    json_decref(job);
    return !n;
}
