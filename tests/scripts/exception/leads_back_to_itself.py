# What an exception says of itself ends, whatever its arguments lead back to.
import micropython

def attempt(e):
    try:
        print(str(e))
    except RuntimeError as error:
        print(error)

class Own(ValueError):
    def __init__(self):
        super().__init__(self)

attempt(Own())  # expect: maximum recursion depth exceeded

items = []
items.append(ValueError(items))
attempt(items[0])  # expect: maximum recursion depth exceeded

# Built where there is no memory, an exception may take the place of its own argument.
make = ValueError
micropython.heap_lock()
e = make(1)
e = make(e)
e = make(e)
micropython.heap_unlock()
attempt(e)  # expect: maximum recursion depth exceeded
