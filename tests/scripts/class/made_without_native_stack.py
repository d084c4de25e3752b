# A class with neither __new__ nor a native base is made, and its __init__ runs, in the loop that runs its caller: that
# takes no more of the native stack, however deep it nests, than a function that calls itself: its registers.
from micropython import stack_use


class Node:
    def __init__(self, depth):
        self.used = Node(depth - 1).used if depth else stack_use()


class Keywords:
    def __init__(self, *, depth=0):
        self.used = Keywords(depth=depth - 1).used if depth else stack_use()


class Inherited(Node):
    pass


class Made(Node):
    def __new__(cls, depth):
        return object.__new__(cls)

    def __init__(self, depth):
        self.used = Made(depth - 1).used if depth else stack_use()


def bytes_per_level(used):
    used(0)  # the first call of a class finds out how it is made
    return (used(5) - used(0)) // 5


print(bytes_per_level(lambda depth: Node(depth).used) < 150)  # expect: True
print(bytes_per_level(lambda depth: Keywords(depth=depth).used) < 150)  # expect: True
print(bytes_per_level(lambda depth: Inherited(depth).used) < 150)  # expect: True
print(bytes_per_level(lambda depth: Made(depth).used) > 300)  # expect: True
