/* Expressions: "PTV - (bladder | rectum) + 5mm".
 *
 *   expression   difference { "|" difference }
 *   difference   intersection { ("-" | "^") intersection }
 *   intersection operand { "&" operand }
 *   operand      (name | "(" expression ")") { margin }
 *   margin       ("+" | "-") (number | "{" side ":" number { "," side ":" number } "}") "mm"
 *   side         ant post left right sup inf (or in full); sides that are not named stay still
 *   name         ASCII letters, digits, "_", "." (the first no digit), also source/name; anything
 *                in double quotes, where \" and \\ stand for themselves
 *
 * A number followed by mm is always a margin. */
#ifndef RADMILL_BOOLMASK_EXPRESSION_H
#define RADMILL_BOOLMASK_EXPRESSION_H

#include "boolmask/tree.h"

enum {
    EXPRESSION_MAX_DEPTH = 200,      /* nested parentheses, chained margins */
    EXPRESSION_MAX_OPERATORS = 2000, /* and margins, together: no tree is deeper */
};

/* NULL and ERR_USAGE: what is wrong, and at which character. node_free. */
struct node *expression_parse(const char *text, struct err *e);

#endif
