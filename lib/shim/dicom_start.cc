#include "shim/dicom_item.h"

#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/oflog/oflog.h>

#include <cstdlib>
#include <malloc.h>
#include <mutex>
#include <pthread.h>

namespace radmill
{

void dicom_start()
{
    static std::once_flag once;
    std::call_once(once, [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        dicom_dictionary();
        /* known elements of VR UN by the dictionary; the VR form that the data set has */
        dcmEnableUnknownVRConversion.set(OFTrue);
        dcmAutoDetectDatasetXfer.set(OFTrue);
        DcmRLEDecoderRegistration::registerCodecs();
        std::atexit([] { DcmRLEDecoderRegistration::cleanup(); });
    });
}

namespace
{

/* Real files are nested ten levels deep, and reading a level takes about 1 KB of stack. Untouched
 * pages cost nothing, but pages that a hostile file makes the reader touch stay allocated, so only
 * a part of the stack is for reading. */
const size_t deep_stack = size_t(64) << 20, deep_part = deep_stack / 8;
const size_t plain_part = size_t(1) << 20; /* of the caller's stack */

/* Stacks grow down; null: no task runs. Beside the program's own variables, also in the plugin:
 * sanitizers do not find their way through those that a library brings along. */
__attribute__((tls_model("initial-exec"))) thread_local const char *reading_ends;

const char *here()
{
    return static_cast<const char *>(__builtin_frame_address(0));
}

void run_bounded(const std::function<void()> &task, size_t part)
{
    reading_ends = here() - part;
    task();
    reading_ends = nullptr;
}

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
        run_bounded(*w->task, deep_part);
        w->task = nullptr;
        pthread_cond_broadcast(&w->changed);
    }
    return nullptr;
}

/* The C library gives a second thread a heap of its own, which grows by one system call for each
 * page: hundreds for a structure set. Caller and worker never run at once, so they share one. */
void deep_worker::start()
{
    pthread_attr_t attributes;
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, 1);
#endif
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
        run_bounded(wanted, plain_part);
    }
    pthread_mutex_unlock(&caller);
}

} // namespace

void run_deep(const std::function<void()> &task)
{
    /* lives as long as its thread, that is, as the process */
    static deep_worker *worker = new deep_worker;
    worker->run(task);
}

bool stack_is_spent()
{
    return reading_ends && here() < reading_ends;
}

} // namespace radmill
