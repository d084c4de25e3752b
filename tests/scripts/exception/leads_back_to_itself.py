# What an exception says of itself ends, whatever its arguments lead back to.
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
