# A mode is no longer than its letters: one of any length would be looked through without an end.
import os

for name, mode in ((os.getenv("SCRATCH", "/scratch") + "/f", "w" * 33), (1, "w" * 33)):
    try:
        open(name, mode)
    except ValueError as e:
        print(e)
# expect: mode too long: it has letters of rwabt+ only
# expect: mode too long: it has letters of rwabt+ only
open(os.getenv("SCRATCH", "/scratch") + "/f", "wtwtwtwtwtwtwtwtwtwtwtwtwtwtwtwt").close()
