// Many patients of one: the files of a folder, again and again, with UIDs and a patient id of their
// own. Bytes are copied and not made anew, so that a cohort of thousands takes seconds.
#include "object.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>
#include <dirent.h>

namespace gen
{

static const char template_id[] = "P0000000"; // what stands in the folder's files
static const size_t digits = 7;               // of a patient's number

// Where the last digits of a UID, or those of the patient id, stand in a file.
static std::vector<size_t> places_of(const std::string &bytes)
{
    static const char root[] = "2.25.";
    std::vector<size_t> places;
    for (size_t at = bytes.find(root); at != std::string::npos; at = bytes.find(root, at)) {
        at += std::strlen(root);
        size_t start = at;
        while (at < bytes.size() && std::isdigit((unsigned char)bytes[at]))
            at++;
        if (at - start > digits)
            places.push_back(at - digits);
    }
    for (size_t at = bytes.find(template_id); at != std::string::npos;
         at = bytes.find(template_id, at + 1))
        places.push_back(at + 1);
    return places;
}

static std::vector<std::string> files_of(const std::string &folder)
{
    std::vector<std::string> names;
    DIR *open = opendir(folder.c_str());
    if (!open)
        fail(2, "cannot read " + folder);
    while (const dirent *entry = readdir(open))
        if (entry->d_name[0] != '.')
            names.push_back(entry->d_name);
    closedir(open);
    std::sort(names.begin(), names.end());
    return names;
}

void write_copies(int first, int n, const std::string &folder, const std::string &out)
{
    std::vector<std::string> names = files_of(folder), contents;
    std::vector<std::vector<size_t>> places;
    for (const std::string &name : names) {
        contents.push_back(read_bytes(folder + "/" + name));
        places.push_back(places_of(contents.back()));
    }
    for (int i = first; i < first + n; i++) {
        char number[16];
        std::snprintf(number, sizeof number, "%07d", i);
        std::string own = out + "/P" + number;
        make_directories(own);
        for (size_t k = 0; k < names.size(); k++) {
            for (size_t at : places[k])
                contents[k].replace(at, digits, number);
            write_bytes(own + "/" + names[k], contents[k]);
        }
    }
}

} // namespace gen
