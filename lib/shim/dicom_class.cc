#include "shim/dicom_class.h"

#include "shim/dicom_plain_open.h"
#include "shim/dicom_read.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

using namespace radmill;

namespace
{

/* By the letters DICM; or, without a preamble, by a first element of group 2 or 8. */
bool may_be_dicom(const char *path)
{
    unsigned char head[132] = {};
    std::FILE *file = std::fopen(path, "rb");
    if (!file)
        return false;
    size_t got = std::fread(head, 1, sizeof head, file);
    std::fclose(file);
    if (got == sizeof head && std::memcmp(head + 128, "DICM", 4) == 0)
        return true;
    bool little = (head[0] == 2 || head[0] == 8) && head[1] == 0 && head[3] == 0;
    bool big = head[0] == 0 && (head[1] == 2 || head[1] == 8) && head[2] == 0;
    return got > 16 && (little || big);
}

} // namespace

/* Of the elements before the end of the first bytes. */
static bool read_plainly(const char *path, std::string *uid)
{
    const open_file source(path);
    const size_t n = std::min(first_bytes, source.whole());
    const auto bytes = source.read(n);
    plain_file file;
    if (bytes && plain_parse(bytes.get(), n, &file) != plain_outcome::OTHER)
        *uid = plain_class(file);
    return !uid->empty();
}

bool dicom_class_plainly(const char *path, char uid[DICOM_UID_SIZE])
{
    std::string text;
    const bool ok = guard_plain(nullptr, [&] { return read_plainly(path, &text); });
    std::snprintf(uid, DICOM_UID_SIZE, "%s", ok ? text.c_str() : "");
    return ok;
}

bool dicom_class(const char *path, char uid[DICOM_UID_SIZE])
{
    uid[0] = '\0';
    return may_be_dicom(path) &&
           (dicom_class_plainly(path, uid) || dicom_class_by_dcmtk(path, uid));
}
