/* Fixed words for tracers and radionuclides, recognised in free text. */
#ifndef RADMILL_SHIM_TRACER_H
#define RADMILL_SHIM_TRACER_H

#ifdef __cplusplus
extern "C" {
#endif

/* The tracer that a text names ("F-18 FDG -- fluorodeoxyglucose": "FDG"), by its letters and digits
 * alone; "other" for any other text, "" for an empty one. Static. */
const char *tracer_name(const char *text);

/* The radionuclide with that half-life (within 2 %), "F-18"; "other" for any other positive number,
 * "" else. Static. */
const char *tracer_radionuclide(double half_life_s);

#ifdef __cplusplus
}
#endif

#endif
