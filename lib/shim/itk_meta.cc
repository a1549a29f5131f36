#include "shim/itk_meta.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

namespace
{

std::string trimmed(const std::string &text)
{
    const char *blank = " \t\r";
    const size_t from = text.find_first_not_of(blank);
    return from == std::string::npos ? ""
                                     : text.substr(from, text.find_last_not_of(blank) - from + 1);
}

/* The fields of the header, and where it ends: ElementDataFile is the last one. */
struct header {
    std::map<std::string, std::string> field;
    std::streamoff end = 0;

    explicit header(const char *path)
    {
        std::ifstream in(path, std::ios::binary);
        for (std::string line; field.count("ElementDataFile") == 0 && std::getline(in, line);) {
            const size_t equals = line.find('=');
            if (equals != std::string::npos)
                field[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
        }
        end = in.tellg();
    }

    std::string text(const char *name) const
    {
        const auto at = field.find(name);
        return at == field.end() ? "" : at->second;
    }

    bool yes(const char *name) const
    {
        const std::string value = text(name);
        return !value.empty() && std::string("Tt1Yy").find(value[0]) != std::string::npos;
    }

    long long number(const char *name) const
    {
        return std::atoll(text(name).c_str());
    }
};

/* -1: no such file */
std::streamoff file_size(const std::string &path)
{
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    return in ? static_cast<std::streamoff>(in.tellg()) : -1;
}

std::string beside(const std::string &path, const std::string &name)
{
    const size_t slash = path.rfind('/');
    return name[0] == '/' || slash == std::string::npos ? name : path.substr(0, slash + 1) + name;
}

} // namespace

void radmill_meta_check(const char *path, std::size_t bytes)
{
    const header h(path);
    const std::string data = h.text("ElementDataFile");
    const bool local = data == "LOCAL" || data == "Local" || data == "local";
    const bool several = data.compare(0, 4, "LIST") == 0 || data.find_first_of("% ") != data.npos;
    if (data.empty() || several || (!h.text("BinaryData").empty() && !h.yes("BinaryData")))
        return;
    const std::streamoff size = file_size(local ? path : beside(path, data));
    if (size < 0)
        throw std::runtime_error("its data file " + data + " cannot be read");
    long long need = static_cast<long long>(bytes);
    if (h.yes("CompressedData"))
        need = h.number("CompressedDataSize");
    if (need <= 0)
        throw std::runtime_error("it is compressed, but does not say CompressedDataSize");
    const long long there = static_cast<long long>(size) - (local ? h.end : 0);
    if (there < need)
        throw std::runtime_error("its voxels take " + std::to_string(need) +
                                 " bytes, but it holds " + std::to_string(there));
}
