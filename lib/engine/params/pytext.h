/* Values as Python prints them: the text form of the diagnostics (specification 7). */
#ifndef RADMILL_ENGINE_PARAMS_PYTEXT_H
#define RADMILL_ENGINE_PARAMS_PYTEXT_H

#include "base/str.h"
#include "shim/yaml.h"

void pytext_string(struct str *out, const char *text); /* 'text' */
void pytext_node(struct str *out,
                 const struct yaml_node *value); /* None, True, 1, 2.0, [..], {..} */

#endif
