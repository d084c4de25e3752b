"""Text of a program under construction."""

from contextlib import contextmanager


class Source:
    """Lines of Python, indented by the blocks that are open."""

    def __init__(self):
        self._lines = []
        self._indent = 0

    def line(self, text):
        self._lines.append("    " * self._indent + text)

    @contextmanager
    def block(self, header):
        """`header` and a colon; what is added inside is its body, `pass` if that is nothing."""
        self.line(header + ":")
        self._indent += 1
        begin = len(self._lines)
        yield
        if len(self._lines) == begin:
            self.line("pass")
        self._indent -= 1

    def text(self):
        return "\n".join(self._lines) + "\n"
