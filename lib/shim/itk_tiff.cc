/* TIFF by libtiff, with ITK 5.4's rules: ITK 5.2 silently reads nothing from files of 32-bit
 * integers, and reads beyond its memory in some files. Plain numbers as they stand, palettes by
 * their colours, and everything else (fewer than eight bits, unusual orders of rows) as libtiff
 * converts it: red, green, blue, alpha. */
#include "shim/itk_private.h"

#include <tiffio.h>

#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

struct closer {
    void operator()(TIFF *t) const
    {
        TIFFClose(t);
    }
};
using handle = std::unique_ptr<TIFF, closer>;

bool is_tiff(const char *path)
{
    static const char *const magic[] = {"II*\0", "MM\0*", "II+\0", "MM\0+"};
    char head[4] = {0};
    std::ifstream(path, std::ios::binary).read(head, sizeof head);
    for (const char *m : magic)
        if (std::memcmp(head, m, sizeof head) == 0)
            return true;
    return false;
}

/* What a page holds. */
struct page {
    uint32_t width = 0, height = 0;
    uint16_t bits = 1, format = SAMPLEFORMAT_UINT, samples = 1, planar = PLANARCONFIG_CONTIG;
    uint16_t photometric = PHOTOMETRIC_MINISWHITE, orientation = ORIENTATION_TOPLEFT;
    uint32_t kind = 0; /* 0: an image; else a small version of one, a mask, .. */
    bool tiled = false;

    explicit page(TIFF *t)
    {
        TIFFGetField(t, TIFFTAG_IMAGEWIDTH, &width);
        TIFFGetField(t, TIFFTAG_IMAGELENGTH, &height);
        TIFFGetFieldDefaulted(t, TIFFTAG_BITSPERSAMPLE, &bits);
        TIFFGetFieldDefaulted(t, TIFFTAG_SAMPLEFORMAT, &format);
        TIFFGetFieldDefaulted(t, TIFFTAG_SAMPLESPERPIXEL, &samples);
        TIFFGetFieldDefaulted(t, TIFFTAG_PLANARCONFIG, &planar);
        TIFFGetFieldDefaulted(t, TIFFTAG_ORIENTATION, &orientation);
        TIFFGetField(t, TIFFTAG_PHOTOMETRIC, &photometric);
        TIFFGetField(t, TIFFTAG_SUBFILETYPE, &kind);
        tiled = TIFFIsTiled(t);
    }

    bool same_form(const page &p) const
    {
        return width == p.width && height == p.height && bits == p.bits && format == p.format &&
               samples == p.samples && planar == p.planar && photometric == p.photometric &&
               orientation == p.orientation && tiled == p.tiled && kind == p.kind;
    }

    /* Rows of whole bytes. */
    bool has_rows() const
    {
        return !tiled && bits % 8 == 0 &&
               (orientation == ORIENTATION_TOPLEFT || orientation == ORIENTATION_BOTLEFT);
    }

    bool is_palette() const
    {
        return has_rows() && photometric == PHOTOMETRIC_PALETTE && samples == 1 && bits <= 16 &&
               format == SAMPLEFORMAT_UINT;
    }

    /* Numbers that need no conversion. */
    bool is_plain() const
    {
        const bool grey = samples == 1 && (photometric == PHOTOMETRIC_MINISBLACK ||
                                           photometric == PHOTOMETRIC_MINISWHITE);
        const bool colour = (samples == 3 || samples == 4) && photometric == PHOTOMETRIC_RGB &&
                            planar == PLANARCONFIG_CONTIG;
        return (grey || colour) && has_rows();
    }

    /* ITK 5.4 reads a grey image with alpha as if it had none, and paints no more than 16 bits. */
    void refuse_what_cannot_be_painted() const
    {
        if (tiled || (planar != PLANARCONFIG_CONTIG && samples > 1))
            throw std::runtime_error("TIFF in tiles, or with its colours in planes of their own");
        if (samples == 2)
            throw std::runtime_error("TIFF of two numbers a pixel (grey with alpha)");
        if (bits > 16 || (bits == 16 && format == SAMPLEFORMAT_IEEEFP))
            throw std::runtime_error(
                "TIFF of " + std::to_string(bits) +
                "-bit numbers in rows that run otherwise than from left to right");
    }

    enum pixel_type type() const
    {
        static const struct {
            int bits, format;
            enum pixel_type type;
        } types[] = {{8, SAMPLEFORMAT_UINT, PIXEL_U8},    {8, SAMPLEFORMAT_VOID, PIXEL_U8},
                     {16, SAMPLEFORMAT_VOID, PIXEL_U16},  {8, SAMPLEFORMAT_INT, PIXEL_I8},
                     {16, SAMPLEFORMAT_UINT, PIXEL_U16},  {16, SAMPLEFORMAT_INT, PIXEL_I16},
                     {32, SAMPLEFORMAT_UINT, PIXEL_U32},  {32, SAMPLEFORMAT_INT, PIXEL_I32},
                     {32, SAMPLEFORMAT_IEEEFP, PIXEL_F32}};
        for (const auto &t : types)
            if (bits == t.bits && format == t.format)
                return t.type;
        static const char *const kinds[] = {"", "unsigned", "signed", "floating-point"};
        throw std::runtime_error("TIFF of " + std::to_string(bits) + "-bit " +
                                 (format <= 3 ? kinds[format] : "unknown") +
                                 " numbers, which neither this release nor ITK 5.4 reads");
    }
};

/* 1 without a unit, as in ITK, also where the standard has inches. */
double spacing_mm(TIFF *t, ttag_t resolution)
{
    uint16_t unit = RESUNIT_NONE;
    float per_unit = 0;
    TIFFGetField(t, TIFFTAG_RESOLUTIONUNIT, &unit);
    if (!TIFFGetField(t, resolution, &per_unit) || !(per_unit > 0))
        return 1;
    return unit == RESUNIT_INCH         ? 25.4 / static_cast<double>(per_unit)
           : unit == RESUNIT_CENTIMETER ? 10.0 / static_cast<double>(per_unit)
                                        : 1;
}

class tiff_file : public itk_volume
{
  public:
    tiff_file(handle t, const page &first_page, struct volume *out)
        : file(std::move(t)), first(first_page)
    {
        if (first.is_palette())
            take_palette();
        out->type = palette ? PIXEL_U16 : first.type();
        out->channels = !palette ? first.samples : is_grey ? 1 : 3;
        struct grid *g = &out->grid;
        g->spacing_mm[0] = spacing_mm(file.get(), TIFFTAG_XRESOLUTION);
        g->spacing_mm[1] = spacing_mm(file.get(), TIFFTAG_YRESOLUTION);
        find_pages();
        g->dims = pages.size() > 1 ? 3 : 2;
        g->size[0] = first.width;
        g->size[1] = first.height;
        g->size[2] = static_cast<int64_t>(pages.size());
        row_bytes = static_cast<size_t>(first.width) * first.samples * (first.bits / 8);
        check_length(static_cast<double>(row_bytes) * first.height *
                     static_cast<double>(pages.size()));
    }

    void read(void *data, size_t bytes) override
    {
        auto *to = static_cast<char *>(data);
        const size_t out_row = !palette ? row_bytes : first.width * (is_grey ? 2 : 6);
        const size_t page_bytes = out_row * first.height;
        if (bytes != page_bytes * pages.size())
            throw std::runtime_error("its size does not fit its header");
        for (tdir_t number : pages) {
            if (!TIFFSetDirectory(file.get(), number) ||
                static_cast<size_t>(TIFFScanlineSize(file.get())) != row_bytes)
                throw std::runtime_error("a page cannot be read");
            read_page(to, out_row);
            to += page_bytes;
        }
    }

  private:
    static constexpr size_t most_pages = 65535;

    /* Small versions and masks are no pages. */
    void find_pages()
    {
        do {
            const page p(file.get());
            if (p.kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK))
                continue;
            if (!p.same_form(first))
                throw std::runtime_error("its pages differ in size, type or kind");
            pages.push_back(TIFFCurrentDirectory(file.get()));
        } while (pages.size() < most_pages && TIFFReadDirectory(file.get()));
        if (pages.empty())
            throw std::runtime_error("it holds small versions of an image only");
    }

    /* The sizes in a header must not make us allocate more than the file can hold; LZW and deflate
     * expand data at most this many times, PackBits less. */
    void check_length(double bytes) const
    {
        const double most_ratio = 2000;
        std::ifstream in(TIFFFileName(file.get()), std::ios::binary | std::ios::ate);
        if (bytes > most_ratio * static_cast<double>(in.tellg()))
            throw std::runtime_error("the header promises more voxels than the file holds");
    }

    void take_palette()
    {
        if (!TIFFGetField(file.get(), TIFFTAG_COLORMAP, &colour[0], &colour[1], &colour[2]))
            throw std::runtime_error("a palette without colours");
        palette = is_grey = true;
        bool narrow = true;
        for (size_t i = 0; i < (size_t{1} << first.bits); i++) {
            is_grey = is_grey && colour[0][i] == colour[1][i] && colour[0][i] == colour[2][i];
            narrow = narrow && colour[0][i] < 256 && colour[1][i] < 256 && colour[2][i] < 256;
        }
        if (narrow)
            throw std::runtime_error("a palette of 8-bit colours, where 16 bits should be");
        for (int c = 0; c < 3; c++) /* libtiff frees its own copy with the next page */
            colours[c].assign(colour[c], colour[c] + (size_t{1} << first.bits));
    }

    void paint(const char *row, char *to) const
    {
        for (uint32_t i = 0; i < first.width; i++) {
            uint16_t index = static_cast<unsigned char>(row[i]);
            if (first.bits == 16)
                std::memcpy(&index, row + 2 * i, 2);
            for (int c = 0; c < (is_grey ? 1 : 3); c++, to += 2)
                std::memcpy(to, &colours[c][index], 2);
        }
    }

    void read_page(char *to, size_t out_row)
    {
        std::vector<char> row(row_bytes);
        for (uint32_t j = 0; j < first.height; j++) {
            const size_t at = first.orientation == ORIENTATION_TOPLEFT ? j : first.height - 1 - j;
            if (TIFFReadScanline(file.get(), row.data(), j, 0) < 0)
                throw std::runtime_error("it ends before its voxels, or they cannot be "
                                         "decompressed");
            if (palette)
                paint(row.data(), to + at * out_row);
            else
                std::memcpy(to + at * out_row, row.data(), row_bytes);
        }
    }

    handle file;
    page first;
    std::vector<tdir_t> pages;
    size_t row_bytes = 0;
    bool palette = false, is_grey = false;
    uint16_t *colour[3] = {nullptr, nullptr, nullptr};
    std::vector<uint16_t> colours[3];
};

/* One page of any other form, converted by libtiff: four bytes a pixel. */
class painted : public itk_volume
{
  public:
    painted(handle t, const page &first, struct volume *out) : file(std::move(t))
    {
        char why[1024] = "";
        const double most_pixels = 1 << 28;
        if (!TIFFRGBAImageOK(file.get(), why))
            throw std::runtime_error(std::string("TIFF: ") + why);
        if (static_cast<double>(first.width) * first.height > most_pixels)
            throw std::runtime_error("too many pixels for a TIFF of this form");
        if (TIFFReadDirectory(file.get()) || !TIFFSetDirectory(file.get(), 0))
            throw std::runtime_error(
                "several pages of fewer than eight bits, or with rows that run otherwise");
        out->type = PIXEL_U8;
        out->channels = 4;
        out->grid.dims = 2;
        out->grid.size[0] = first.width;
        out->grid.size[1] = first.height;
        out->grid.spacing_mm[0] = spacing_mm(file.get(), TIFFTAG_XRESOLUTION);
        out->grid.spacing_mm[1] = spacing_mm(file.get(), TIFFTAG_YRESOLUTION);
    }

    void read(void *data, size_t bytes) override
    {
        uint32_t width = 0, height = 0;
        TIFFGetField(file.get(), TIFFTAG_IMAGEWIDTH, &width);
        TIFFGetField(file.get(), TIFFTAG_IMAGELENGTH, &height);
        if (bytes != size_t{4} * width * height ||
            !TIFFReadRGBAImageOriented(file.get(), width, height, static_cast<uint32_t *>(data),
                                       ORIENTATION_TOPLEFT, 1))
            throw std::runtime_error("it ends before its voxels, or they cannot be decompressed");
    }

  private:
    handle file;
};

bool ends_in(const std::string &text, const std::string &end)
{
    return text.size() >= end.size() &&
           text.compare(text.size() - end.size(), end.size(), end) == 0;
}

} // namespace

std::unique_ptr<itk_volume> radmill_itk_tiff(const char *path, struct volume *out)
{
    if (!is_tiff(path) || ends_in(path, ".lsm"))
        return nullptr;
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
    /* not mapped: a mapped file that is shortened meanwhile would end the process */
    handle file(TIFFOpen(path, "rm"));
    if (!file)
        throw std::runtime_error("a broken TIFF");
    const page first(file.get());
    if (first.is_plain() || first.is_palette())
        return std::make_unique<tiff_file>(std::move(file), first, out);
    first.refuse_what_cannot_be_painted();
    return std::make_unique<painted>(std::move(file), first, out);
}
