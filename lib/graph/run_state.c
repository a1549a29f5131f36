#include "graph/run.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "graph/plan_parts.h"
#include "guard/memory.h"
#include "io/atomic.h"
#include "io/folder.h"
#include "io/json.h"
#include "shim/plugin.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const folders[] = {STATE_DIR "/bin", STATE_DIR "/tools", STATE_DIR "/failed",
                                      STATE_DIR "/inputs", STATE_DIR "/stamps"};

static const char *const tools[] = {"dcm2nii-course", "rtstruct2masks", "boolstruct", "radfeat",
                                    "featmerge",      "radtable",       "radguard",   "radreport"};
enum { TOOLS = sizeof tools / sizeof tools[0] };

/* share of the available memory for a region without ROI_MEM_MB */
static const double memory_share = 0.9;

enum { MOST_TOOL_BYTES = 1 << 30 };

/* The link that commands use: to BINDIR where that has the tool, else to ours. */
static bool link_tool(const struct run_request *q, const char *bindir, const char *tool,
                      struct err *e)
{
    char *ours = path_join(q->bin, tool), *link = path_join(STATE_DIR "/bin", tool);
    char *theirs = bindir ? path_join(bindir, tool) : NULL;
    bool ok = plan_link(theirs && access(theirs, X_OK) == 0 ? theirs : ours, link, e);
    free(theirs);
    free(link);
    free(ours);
    return ok;
}

static bool add_digest(const char *path, struct str *text, struct err *e)
{
    size_t bytes = 0;
    char *content = file_read(path, MOST_TOOL_BYTES, &bytes, e), hex[41];
    struct sha1 digest;
    if (!content)
        return false;
    sha1_init(&digest);
    sha1_add(&digest, content, bytes);
    sha1_hex(&digest, hex);
    str_addf(text, " %s", hex);
    free(content);
    return true;
}

/* The tools that read DICOM, much of which is a plugin's work (shim/dicom_calls.h). */
static bool reads_dicom(const char *tool)
{
    return strcmp(tool, "dcm2nii-course") == 0 || strcmp(tool, "rtstruct2masks") == 0;
}

/* What edges depend on: our release and the digest of our executable, and of its plugin.
 * Executables of BINDIR do not count: they are for tests, where only the regions that failed are to
 * be tried again. */
static bool stamp_tool(const struct run_request *q, const char *tool, struct err *e)
{
    char *ours = path_join(q->bin, tool), *stamp = path_join(STATE_DIR "/tools", tool);
    char *plugin = reads_dicom(tool) ? plugin_path("radmill-dicom.so") : NULL;
    struct str text = {0};
    str_addf(&text, "%s " RADMILL_VERSION, tool);
    /* of what is absent, only an edge that needs it fails */
    bool ok = (access(ours, X_OK) != 0 || add_digest(ours, &text, e)) &&
              (!plugin || add_digest(plugin, &text, e));
    str_add(&text, "\n");
    ok = ok && out_write(stamp, text.text, text.len, true, e);
    str_free(&text);
    free(plugin);
    free(stamp);
    free(ours);
    return ok;
}

bool run_limits(const struct run_settings *s, double available_mb, struct err *e)
{
    const char *mb = settings_get(s, SET_ROI_MEM_MB), *seconds = settings_get(s, SET_ROI_TIMEOUT);
    json_t *root = json_object();
    json_object_set_new(root, "memory_mb",
                        json_real(mb ? strtod(mb, NULL) : available_mb * memory_share));
    json_object_set_new(root, "timeout_s", json_real(strtod(seconds, NULL)));
    bool ok = json_write(STATE_DIR "/limits.json", root, e);
    json_decref(root);
    return ok;
}

static bool link_logs(const struct run_settings *s, struct err *e)
{
    const char *logs = settings_get(s, SET_LOGS);
    return make_folders(logs ? logs : "_LOGS", e) &&
           plan_link(logs ? logs : "../_LOGS", STATE_DIR "/logs", e);
}

bool run_state(const struct run_request *q, const struct run_settings *s, struct err *e)
{
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof folders / sizeof folders[0]; i++)
        ok = make_folders(folders[i], e);
    for (int i = 0; ok && i < TOOLS; i++)
        ok = link_tool(q, settings_get(s, SET_BINDIR), tools[i], e) && stamp_tool(q, tools[i], e);
    return ok && link_logs(s, e) && run_limits(s, memory_available_mb(), e);
}

/* A mark that cannot be read stays: without it nothing would try again what it speaks of. */
static bool forget(const char *mark, struct err *e)
{
    size_t bytes;
    struct err why = {0};
    char *text = file_read(mark, 1 << 16, &bytes, &why), *rest = NULL;
    if (!text)
        return err_set(e, ERR_FAILED, "%s", why.text);
    for (char *path = strtok_r(text, "\n", &rest); path; path = strtok_r(NULL, "\n", &rest))
        if (str_ends_with(path, ".json") || str_ends_with(path, ".record"))
            unlink(path);
    free(text);
    unlink(mark);
    return true;
}

bool run_retry(struct err *e)
{
    struct str_list marks = {0};
    bool ok = folder_names(STATE_DIR "/failed", &marks, e);
    for (size_t i = 0; ok && i < marks.n; i++) {
        char *mark = path_join(STATE_DIR "/failed", marks.item[i]);
        ok = forget(mark, e);
        free(mark);
    }
    str_list_free(&marks);
    return ok;
}
