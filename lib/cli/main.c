/* main() of every program, compiled once for each with the list of the tools that it is:
 * -DTOOLS="TOOL(radfeat_tool) TOOL(radguard_tool)" (PROGRAM_* in rules/objects.mk). */
#include "cli/run.h"

#define TOOL(name) extern const struct tool name;
TOOLS
#undef TOOL

#define TOOL(name) &name,
static const struct tool *const tools[] = {TOOLS NULL};

int main(int argc, char **argv)
{
    return tools_main(tools, argc, argv);
}
