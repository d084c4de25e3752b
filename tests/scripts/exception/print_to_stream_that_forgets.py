# The stream that a traceback is printed to may make the exception lose its places meanwhile.
import io, sys


def fail(error):
    raise error


class Forgetful(io.IOBase):
    def write(self, data):
        text.append(bytes(data).decode())
        if text[-1].startswith("  File"):
            forget()
        return len(data)


def show(error):
    text.clear()
    sys.print_exception(error, Forgetful())
    print("".join(text).count("  File"), text[-3:])


text = []


def forget():
    error.__traceback__ = None


try:
    fail(KeyError())
except KeyError as e:
    error = e
show(error)  # expect: 1 ['KeyError', ': ', '\n']
