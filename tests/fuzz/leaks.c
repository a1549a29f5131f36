/* Leaks of libraries that we cannot mend, each on refused input and once a file; everything else is
 * a finding (README.md). */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libopenjp2\n"    /* JPEG 2000 stream that does not decode */
           "leak:libITKMetaIO\n"  /* MetaImage header that does not parse */
           "leak:libITKNrrdIO\n"; /* NRRD header that does not parse */
}
