/* The engine's own time, taken in C: the measure of bench/python_call.py, which loads this into its
 * process and hands over the functions of the library that it calls itself. */
#include "api/radmill.h"

#include <time.h>

typedef bool measure_function(const struct radmill_params *, const struct radmill_image *,
                              const struct radmill_image *, const struct radmill_options *,
                              struct radmill_result **, struct radmill_error *);
typedef void destroy_function(struct radmill_result *);

double engine_seconds(measure_function *measure, destroy_function *destroy,
                      const struct radmill_params *p, const struct radmill_image *image,
                      const struct radmill_image *mask);

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Seconds of one call with its result's release; below 0 when it fails. */
double engine_seconds(measure_function *measure, destroy_function *destroy,
                      const struct radmill_params *p, const struct radmill_image *image,
                      const struct radmill_image *mask)
{
    struct radmill_result *result;
    double start = now();
    if (!measure(p, image, mask, NULL, &result, NULL))
        return -1;
    destroy(result);
    return now() - start;
}
