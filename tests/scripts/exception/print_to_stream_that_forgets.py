# The stream that a traceback is printed to may make the exception lose its places meanwhile.
import io, micropython, sys


def fail(error):
    raise error


def fail_without_memory(error):
    micropython.heap_lock()
    try:
        fail(error)
    except KeyError:
        pass
    micropython.heap_unlock()
    return error


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


# Exceptions that are raised without memory take turns at the room for places.
text = []
other = KeyError()


def forget():
    fail_without_memory(other)


show(fail_without_memory(KeyError()))  # expect: 1 ['KeyError', ': ', '\n']


def forget():
    error.__traceback__ = None


try:
    fail(KeyError())
except KeyError as e:
    error = e
show(error)  # expect: 1 ['KeyError', ': ', '\n']
