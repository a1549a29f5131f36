#include "shim/itk_volume.h"
#include "shim/itk_private.h"

#include <itkImageIOFactory.h>
#include <itkMultiThreaderBase.h>

#include <itkBMPImageIOFactory.h>
#include <itkBioRadImageIOFactory.h>
#include <itkGDCMImageIOFactory.h>
#include <itkGE4ImageIOFactory.h>
#include <itkGE5ImageIOFactory.h>
#include <itkGiplImageIOFactory.h>
#include <itkHDF5ImageIOFactory.h>
#include <itkJPEG2000ImageIOFactory.h>
#include <itkJPEGImageIOFactory.h>
#include <itkLSMImageIOFactory.h>
#include <itkMRCImageIOFactory.h>
#include <itkPNGImageIOFactory.h>
#include <itkStimulateImageIOFactory.h>
#include <itkTIFFImageIOFactory.h>
#include <itkVTKImageIOFactory.h>

#include <cstring>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <sys/stat.h>

namespace
{

using itk::ImageIOBase;

void prepare()
{
    static const bool done = [] {
        itk::Object::SetGlobalWarningDisplay(false);
        itk::MultiThreaderBase::SetGlobalDefaultNumberOfThreads(1);
        itk::GDCMImageIOFactory::RegisterOneFactory();
        itk::BMPImageIOFactory::RegisterOneFactory();
        itk::BioRadImageIOFactory::RegisterOneFactory();
        itk::GE4ImageIOFactory::RegisterOneFactory();
        itk::GE5ImageIOFactory::RegisterOneFactory();
        itk::GiplImageIOFactory::RegisterOneFactory();
        itk::HDF5ImageIOFactory::RegisterOneFactory();
        itk::JPEGImageIOFactory::RegisterOneFactory();
        itk::JPEG2000ImageIOFactory::RegisterOneFactory();
        itk::MRCImageIOFactory::RegisterOneFactory();
        itk::LSMImageIOFactory::RegisterOneFactory();
        itk::PNGImageIOFactory::RegisterOneFactory();
        itk::StimulateImageIOFactory::RegisterOneFactory();
        itk::TIFFImageIOFactory::RegisterOneFactory();
        itk::VTKImageIOFactory::RegisterOneFactory();
        return true;
    }();
    (void)done;
}

void read_grid(const ImageIOBase &io, struct grid *g)
{
    const unsigned dims = io.GetNumberOfDimensions();
    if (dims < 2 || dims > 3)
        throw std::runtime_error("it has " + std::to_string(dims) + " axes, not two or three");
    g->dims = static_cast<int>(dims);
    for (unsigned c = 0; c < dims; c++) {
        g->size[c] = static_cast<int64_t>(io.GetDimensions(c));
        g->spacing_mm[c] = io.GetSpacing(c);
        g->origin_mm[c] = io.GetOrigin(c);
        const std::vector<double> axis = io.GetDirection(c);
        for (unsigned r = 0; r < dims; r++)
            g->direction[3 * r + c] = axis[r];
    }
}

class one_file : public itk_volume
{
  public:
    one_file(const char *path, struct volume *out)
        : io(itk::ImageIOFactory::CreateImageIO(path,
                                                itk::ImageIOFactory::IOFileModeEnum::ReadMode))
    {
        if (!io)
            throw std::runtime_error("no known image format");
        io->SetFileName(path);
        io->ReadImageInformation();
        read_grid(*io, &out->grid);
        if (std::strcmp(io->GetNameOfClass(), "GDCMImageIO") == 0)
            radmill_itk_place(path, &out->grid);
        out->type = radmill_itk_pixel_type(io->GetComponentType(), io->GetComponentSize());
        out->channels = static_cast<int>(io->GetNumberOfComponents());
        if (io->GetPixelType() == itk::IOPixelEnum::COMPLEX)
            throw std::runtime_error("its pixels are complex numbers");
        check_colours(out->channels);
    }

    void read(void *data, size_t bytes) override
    {
        itk::ImageIORegion all(io->GetNumberOfDimensions());
        for (unsigned d = 0; d < io->GetNumberOfDimensions(); d++)
            all.SetSize(d, io->GetDimensions(d));
        io->SetIORegion(all);
        if (static_cast<size_t>(io->GetImageSizeInBytes()) != bytes)
            throw std::runtime_error("its size does not fit its header");
        if (!complete(static_cast<unsigned char *>(data) + bytes))
            throw std::runtime_error("it ends before its voxels, or they cannot be decompressed");
    }

  private:
    /* Formats that releases of ITK decode differently or do not read at all. */
    void check_colours(int channels) const
    {
        static const struct {
            const char *reader;
            int least, most;
            const char *why;
        } refused[] = {
            {"PNGImageIO", 2, 2, "a grey PNG with alpha"},
            {"BMPImageIO", 4, 4, "a BMP with alpha"},
            {"JPEGImageIO", 2, 4, "colours in a JPEG, which no two decoders give alike"}};
        for (const auto &r : refused)
            if (std::strcmp(io->GetNameOfClass(), r.reader) == 0 && channels >= r.least &&
                channels <= r.most)
                throw std::runtime_error(r.why);
    }

    /* Reads, and says whether the last number was read. Some of ITK's readers (VTK, GIPL, MRC) are
     * silent about a file that is cut off: they leave the end of the buffer as they found it, apart
     * from the order of bytes. There is one more mark than a number has bytes, so that not all of
     * them can occur in it by chance. */
    bool complete(unsigned char *end)
    {
        unsigned char *data = end - io->GetImageSizeInBytes();
        const size_t size = io->GetComponentSize();
        for (unsigned char mark = 0xa5; mark <= 0xa5 + size; mark++) {
            std::memset(end - size, mark, size);
            io->Read(data);
            if (!std::memchr(end - size, mark, size))
                return true;
        }
        return false;
    }

    ImageIOBase::Pointer io;
};

bool is_folder(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* Behind "ITK ERROR: " and "NrrdImageIO(0x5575136641d0): ": an address is of no use to anybody, and
 * would make two runs say different things. */
const char *cause_in(const char *what)
{
    const char *cause = std::strstr(what, "ITK ERROR: ");
    cause = cause ? cause + std::strlen("ITK ERROR: ") : what;
    const char *address = std::strstr(cause, "(0x");
    const char *end = address ? std::strstr(address, "): ") : nullptr;
    return end ? end + std::strlen("): ") : cause;
}

/* One line, without ITK's source file and object address. */
void say(const char *what, char *message, size_t room)
{
    const char *last = cause_in(what);
    size_t n = 0;
    for (; *last && n + 1 < room; last++)
        message[n++] = static_cast<unsigned char>(*last) < ' ' ? ' ' : *last;
    while (n > 0 && message[n - 1] == ' ')
        n--;
    message[n] = '\0';
}

/* While an object exists, output of ITK's libraries is discarded: their errors arrive as
 * exceptions. */
class silence
{
  public:
    silence() : out(std::cout.rdbuf(nullptr)), err(std::cerr.rdbuf(nullptr))
    {
    }
    ~silence()
    {
        std::cout.rdbuf(out);
        std::cerr.rdbuf(err);
    }
    silence(const silence &) = delete;
    silence &operator=(const silence &) = delete;

  private:
    std::streambuf *out, *err;
};

/* Runs f; any exception becomes the message and `failed`. */
template <typename F, typename R> R guarded(F f, R failed, char *message, size_t room)
{
    const silence quiet;
    try {
        return f();
    } catch (const itk::ExceptionObject &x) {
        say(x.GetDescription(), message, room);
    } catch (const std::exception &x) {
        say(x.what(), message, room);
    } catch (...) {
        say("an unknown failure inside ITK", message, room);
    }
    return failed;
}

} // namespace

struct itk_volume *radmill_itk_open(const char *path, struct volume *out, char *message,
                                    size_t room)
{
    return guarded(
        [&]() -> itk_volume * {
            prepare();
            if (is_folder(path))
                return radmill_itk_series(path, out).release();
            if (auto tiff = radmill_itk_tiff(path, out))
                return tiff.release();
            return new one_file(path, out);
        },
        static_cast<itk_volume *>(nullptr), message, room);
}

bool radmill_itk_read(struct itk_volume *v, void *data, size_t bytes, char *message, size_t room)
{
    return guarded(
        [&] {
            v->read(data, bytes);
            return true;
        },
        false, message, room);
}

void radmill_itk_close(struct itk_volume *v)
{
    char ignored[8];
    guarded(
        [&] {
            delete v;
            return true;
        },
        false, ignored, sizeof ignored);
}
