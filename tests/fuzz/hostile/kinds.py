"""The kinds of programs: each makes a Program from a Random and the Catalog."""

import calls
import changes
import classes
import extremes

KINDS = {"calls": calls.program, "changes": changes.program, "classes": classes.program, "extremes": extremes.program}
