# With a full heap it is as with a locked one; without a buffer there is at least the class.
# no-sweep: it fills the heap
import io, micropython, sys

error = text = i = size = None
kept = [None] * 65536


def fill():
    for i in range(len(kept)):
        kept[i] = (kept, i)


def run():
    try:
        fill()
    except MemoryError as e:
        return e


for size in (100, 0):
    micropython.alloc_emergency_exception_buf(size)
    error = run()
    for i in range(len(kept)):
        kept[i] = None
    text = io.StringIO()
    sys.print_exception(error, text)
    print(text.getvalue().count("File") if size else "-", text.getvalue().split("\n")[-2][: 49 if size else 12])
# expect: 2 MemoryError: memory allocation failed, allocating
# expect: - MemoryError:
