"""The kinds of programs: each makes a Program from a Random and the Catalog."""

import calls
import classes

KINDS = {"calls": calls.program, "classes": classes.program}
