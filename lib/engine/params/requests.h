/* What a parameter file asks for: image types and classes, added one by one. For the files of this
 * room. */
#ifndef RADMILL_ENGINE_PARAMS_REQUESTS_H
#define RADMILL_ENGINE_PARAMS_REQUESTS_H

#include "engine/params/builder.h"

/* Adds an image type with what a scope has for it; takes the filter's parameters out of the scope.
 */
bool builder_add_image_type(struct builder *b, const struct filter *f, struct scope *s, bool voxel);

/* A new request behind the others of its kind: shape classes come first. NULL without memory. */
struct class_request *builder_add_class(struct params *p, const struct family *f, struct err *e);

void class_want(struct class_request *r, int feature); /* a row of the family; each once */
void class_want_all(struct class_request *r);          /* but those that are deprecated */

#endif
