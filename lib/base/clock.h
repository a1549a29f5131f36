/* How long things take, by a clock that is never set back. */
#ifndef RADMILL_BASE_CLOCK_H
#define RADMILL_BASE_CLOCK_H

double clock_s(void); /* seconds since some moment */

#endif
