# A callback that waits at the end of a script still runs.
import micropython

micropython.schedule(print, "last")  # expect: last
