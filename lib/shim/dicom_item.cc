#include "shim/dicom_item.h"

extern "C" {
#include "base/num.h"
}
#include "shim/dicom_header.h"

#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <pthread.h>

namespace radmill
{

void dicom_start()
{
    static std::once_flag once;
    std::call_once(once, [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        DcmRLEDecoderRegistration::registerCodecs();
        DJDecoderRegistration::registerCodecs(EDC_never);
        DJLSDecoderRegistration::registerCodecs();
    });
}

namespace
{

/* A level of nesting takes at least 16 bytes of a file and about 1 KB of stack; pages that are not
 * touched cost nothing. */
const size_t deep_stack = size_t(1) << 30;

struct deep_worker {
    pthread_t thread;
    pthread_mutex_t caller = PTHREAD_MUTEX_INITIALIZER; /* one task at a time */
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
    const std::function<void()> *task = nullptr;
    bool running = false;

    static void *work(void *argument);
    void start();
    void run(const std::function<void()> &wanted);
};

void *deep_worker::work(void *argument)
{
    deep_worker *w = static_cast<deep_worker *>(argument);
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (!w->task)
            pthread_cond_wait(&w->changed, &w->lock);
        (*w->task)();
        w->task = nullptr;
        pthread_cond_broadcast(&w->changed);
    }
    return nullptr;
}

void deep_worker::start()
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    running = pthread_attr_setstacksize(&attributes, deep_stack) == 0 &&
              pthread_create(&thread, &attributes, work, this) == 0;
    pthread_attr_destroy(&attributes);
}

void deep_worker::run(const std::function<void()> &wanted)
{
    pthread_mutex_lock(&caller);
    if (!running)
        start();
    if (running) {
        pthread_mutex_lock(&lock);
        task = &wanted;
        pthread_cond_broadcast(&changed);
        while (task)
            pthread_cond_wait(&changed, &lock);
        pthread_mutex_unlock(&lock);
    } else {
        wanted();
    }
    pthread_mutex_unlock(&caller);
}

bool is_plain(const OFString &s)
{
    for (size_t i = 0; i < s.size(); i++)
        if (static_cast<unsigned char>(s[i]) >= 0x80 || s[i] == 0x1b)
            return false;
    return true;
}

/* Length of the well-formed UTF-8 sequence at p (n bytes left), or 0. */
size_t utf8_length(const unsigned char *p, size_t n)
{
    size_t want = p[0] < 0x80                   ? 1
                  : p[0] >= 0xc2 && p[0] < 0xe0 ? 2
                  : (p[0] & 0xf0) == 0xe0       ? 3
                  : p[0] >= 0xf0 && p[0] < 0xf5 ? 4
                                                : 0;
    if (want == 0 || want > n)
        return 0;
    for (size_t i = 1; i < want; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    return want;
}

bool is_utf8(const char *s, size_t n)
{
    const unsigned char *p = reinterpret_cast<const unsigned char *>(s);
    for (size_t i = 0; i < n;) {
        size_t k = utf8_length(p + i, n - i);
        if (!k)
            return false;
        i += k;
    }
    return true;
}

std::string from_latin1(const OFString &s)
{
    std::string out;
    for (size_t i = 0; i < s.size(); i++) {
        unsigned char c = static_cast<unsigned char>(s[i]);
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else {
            out += static_cast<char>(0xc0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 0x3f));
        }
    }
    return out;
}

/* Spaces and NULs pad DICOM values at the end, spaces some at the front; a NUL inside ends what C
 * can see. */
std::string trimmed(const std::string &s)
{
    std::string t = s.substr(0, s.find('\0'));
    size_t from = t.find_first_not_of(" \t\r\n"), to = t.find_last_not_of(" \t\r\n");
    t = from == std::string::npos ? "" : t.substr(from, to - from + 1);
    if (t.size() > DICOM_TEXT_MOST) {
        size_t cut = DICOM_TEXT_MOST;
        while (cut > 0 && (static_cast<unsigned char>(t[cut]) & 0xc0) == 0x80)
            cut--;
        t.resize(cut);
    }
    return t;
}

} // namespace

namespace
{

/* The text of an element. Its length is a claim of the file, for which DCMTK would get memory
 * before it finds out: what no header needs is not asked for. */
bool get_raw(DcmItem &item, const DcmTagKey &tag, OFString *raw)
{
    const Uint32 most = 1 << 16;
    DcmElement *element = nullptr;
    return item.findAndGetElement(tag, element).good() && element &&
           element->getLengthField() <= most && element->getOFStringArray(*raw).good();
}

} // namespace

void run_deep(const std::function<void()> &task)
{
    static deep_worker *worker = new deep_worker; /* lives as long as its thread: the process */
    worker->run(task);
}

text_reader::text_reader(DcmItem &dataset)
{
    if (!get_raw(dataset, DCM_SpecificCharacterSet, &charset_))
        charset_.clear();
}

std::string text_reader::utf8(const OFString &raw)
{
    if (is_plain(raw))
        return std::string(raw.c_str(), raw.size());
    if (!selected_) {
        selected_ = true;
        usable_ = !charset_.empty() && converter_.selectCharacterSet(charset_).good();
    }
    OFString out;
    if (usable_ && converter_.convertString(raw, out, "\\=^").good() &&
        is_utf8(out.c_str(), out.size()))
        return std::string(out.c_str(), out.size());
    if (is_utf8(raw.c_str(), raw.size()))
        return std::string(raw.c_str(), raw.size());
    return from_latin1(raw);
}

std::string text_reader::get(DcmItem &item, const DcmTagKey &tag)
{
    OFString raw;
    return get_raw(item, tag, &raw) ? trimmed(utf8(raw)) : "";
}

bool get_numbers(DcmItem &item, const DcmTagKey &tag, int n, double *out)
{
    OFString raw;
    if (!get_raw(item, tag, &raw))
        return false;
    std::string text(raw.c_str(), raw.size());
    size_t at = 0;
    for (int i = 0; i < n; i++) {
        size_t end = text.find('\\', at);
        if ((end == std::string::npos) != (i == n - 1))
            return false;
        if (!num_parse_double(trimmed(text.substr(at, end - at)).c_str(), &out[i]) ||
            !(out[i] - out[i] == 0))
            return false;
        at = end + 1;
    }
    return true;
}

bool get_integer(DcmItem &item, const DcmTagKey &tag, int64_t *out)
{
    OFString raw;
    if (!get_raw(item, tag, &raw))
        return false;
    std::string text(raw.c_str(), raw.size());
    return num_parse_int(trimmed(text.substr(0, text.find('\\'))).c_str(), out);
}

DcmItem *first_item(DcmItem &item, const DcmTagKey &sequence)
{
    DcmItem *found = nullptr;
    return item.findAndGetSequenceItem(sequence, found, 0).good() ? found : nullptr;
}

char *copy_text(const std::string &s)
{
    char *copy = static_cast<char *>(std::malloc(s.size() + 1));
    if (!copy)
        throw std::bad_alloc();
    std::memcpy(copy, s.c_str(), s.size() + 1);
    return copy;
}

} // namespace radmill
