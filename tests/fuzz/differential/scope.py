"""What names a place in a program may use."""

from contextlib import contextmanager


class Scope:
    """Variables by type, and makers of calls by the type of their results; those of the scopes around it count as well.

    A scope is that of a function or class, or, with `is_block`, a part of the one around it that may be skipped.
    """

    def __init__(self, outer=None, is_block=False):
        self.outer = outer
        self.is_block = is_block
        self._variables = {}
        self._calls = {}

    def names(self, kind):
        """Variables that hold a value of that type."""
        return self._variables.get(kind, []) + (self.outer.names(kind) if self.outer else [])

    def assignable(self):
        """(name, type) of the variables of the function that it belongs to."""
        own = [(name, kind) for kind, names in self._variables.items() for name in names]
        return own + (self.outer.assignable() if self.is_block else [])

    def declare(self, kind, name):
        self._variables.setdefault(kind, []).append(name)

    @contextmanager
    def local(self, kind, name):
        """The variable exists for a while only."""
        self.declare(kind, name)
        yield
        self._variables[kind].remove(name)

    def calls(self, kind):
        """Functions that make, of a depth, an expression of that type."""
        return self._calls.get(kind, []) + (self.outer.calls(kind) if self.outer else [])

    def add_call(self, kind, make):
        self._calls.setdefault(kind, []).append(make)
