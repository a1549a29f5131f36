/* What all pages share: head, style (light, dark, print), and an end. Pages need nothing but
 * themselves and the pictures beside them: their policy forbids every other address. */
#ifndef RADMILL_REPORT_PAGE_H
#define RADMILL_REPORT_PAGE_H

#include "report/html.h"

void page_begin(struct html *h, const char *title);
void page_end(struct html *h); /* with the release */

/* The script that sorts tables of class "sort" by their headings and filters the rows of the table
 * with id "filtered" by the field with id "filter". Without it all rows are there to read. */
void page_script(struct html *h);

/* A state with its mark: colour is never all that tells it. */
void page_state(struct html *h, const char *state);

#endif
