#include "shim/tracer.h"

#include "base/str.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Part of a text without blanks and punctuation, in lower case; the first that is found counts. */
static const struct {
    const char *part, *name;
} tracers[] = {
    {"fdopa", "FDOPA"},
    {"fluorodopa", "FDOPA"},
    {"fdg", "FDG"},
    {"deoxyglucose", "FDG"},
    {"desoxyglucose", "FDG"},
    {"dcfpyl", "DCFPyL"},
    {"piflufolastat", "DCFPyL"},
    {"psma1007", "PSMA-1007"},
    {"psma11", "PSMA-11"},
    {"gozetotide", "PSMA-11"},
    {"psma", "PSMA"},
    {"dotatate", "DOTATATE"},
    {"dotatoc", "DOTATOC"},
    {"edotreotide", "DOTATOC"},
    {"dotanoc", "DOTANOC"},
    {"fapi", "FAPI"},
    {"fluciclovine", "fluciclovine"},
    {"choline", "choline"},
    {"fluoroethyltyrosine", "FET"},
    {"fluoroethyl", "FET"},
    {"fmiso", "FMISO"},
    {"misonidazole", "FMISO"},
    {"faza", "FAZA"},
    {"thymidine", "FLT"},
    {"fluoroestradiol", "FES"},
    {"methionine", "methionine"},
    {"acetate", "acetate"},
    {"sodiumfluoride", "NaF"},
    {"fluoridenaf", "NaF"},
    {"florbetapir", "florbetapir"},
    {"florbetaben", "florbetaben"},
    {"flutemetamol", "flutemetamol"},
    {"flortaucipir", "flortaucipir"},
    {"pittsburgh", "PiB"},
    {"ammonia", "ammonia"},
    {"rubidium", "rubidium"},
};

/* Short names that may occur inside other words: apart from a nuclide, they must be the whole text.
 */
static const struct {
    const char *word, *name;
} short_names[] = {{"fet", "FET"}, {"flt", "FLT"}, {"fes", "FES"},
                   {"naf", "NaF"}, {"pib", "PiB"}, {"met", "methionine"}};

static const struct {
    double half_life_s;
    const char *name;
} nuclides[] = {
    {6586.2, "F-18"},  {1223.4, "C-11"}, {597.9, "N-13"},    {122.24, "O-15"},
    {4062.6, "Ga-68"}, {75.45, "Rb-82"}, {45721.1, "Cu-64"}, {282280, "Zr-89"},
    {360800, "I-124"}, {53064, "Y-86"},  {14292, "Sc-44"},   {230590, "Y-90"},
};

static bool is_nuclide(const char *text, size_t n)
{
    static const char *const nuclide[] = {"f18", "18f", "c11", "11c", "fluorine18", ""};
    for (size_t i = 0; i < sizeof nuclide / sizeof nuclide[0]; i++)
        if (strlen(nuclide[i]) == n && strncmp(nuclide[i], text, n) == 0)
            return true;
    return false;
}

static bool is_short_name(const char *plain, const char *word)
{
    const char *at = strstr(plain, word);
    size_t n = strlen(word);
    return at && is_nuclide(plain, (size_t)(at - plain)) && is_nuclide(at + n, strlen(at + n));
}

static const char *find(const char *plain)
{
    for (size_t i = 0; i < sizeof tracers / sizeof tracers[0]; i++)
        if (strstr(plain, tracers[i].part))
            return tracers[i].name;
    for (size_t i = 0; i < sizeof short_names / sizeof short_names[0]; i++)
        if (is_short_name(plain, short_names[i].word))
            return short_names[i].name;
    return "other";
}

const char *tracer_name(const char *text)
{
    struct str plain = {0};
    for (const char *c = text; *c; c++)
        if (isalnum((unsigned char)*c))
            str_add_char(&plain, (char)tolower((unsigned char)*c));
    const char *name = plain.len ? find(plain.text) : "";
    str_free(&plain);
    return name;
}

const char *tracer_radionuclide(double half_life_s)
{
    if (!(half_life_s > 0))
        return "";
    for (size_t i = 0; i < sizeof nuclides / sizeof nuclides[0]; i++)
        if (fabs(half_life_s / nuclides[i].half_life_s - 1) < 0.02)
            return nuclides[i].name;
    return "other";
}
