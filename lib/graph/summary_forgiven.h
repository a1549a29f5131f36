/* Counts input that was odd and used nevertheless, for the terminal. */
#ifndef RADMILL_GRAPH_SUMMARY_FORGIVEN_H
#define RADMILL_GRAPH_SUMMARY_FORGIVEN_H

/* One line about the regions and images of a manifest that have notes; nothing where there are
 * none, or no manifest. */
void summary_print_forgiven(const char *manifest);

#endif
