# What every generated program begins with, on both interpreters: it prints values so that only real differences show.

import array
import collections
import io
import math
import struct
import sys

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)

STANDARD_NAMES = {
    "UnboundLocalError": "NameError",
    "RecursionError": "RuntimeError",
    "UnicodeDecodeError": "UnicodeError",
    "UnicodeEncodeError": "UnicodeError",
}


def error_name(error):
    name = type(error).__name__
    return STANDARD_NAMES.get(name, name)


def handled():
    """The name of the exception that is being handled, or None."""
    error = sys.exc_info()[1]
    return None if error is None else error_name(error)


def text_of(value):
    kind = type(value).__name__
    if kind in ("list", "tuple"):
        return kind + "(" + ", ".join([text_of(item) for item in value]) + ")"
    if kind in ("set", "frozenset"):
        return kind + "(" + ", ".join(sorted([text_of(item) for item in value])) + ")"
    if kind == "dict":
        return "{" + ", ".join([text_of(key) + ": " + text_of(value[key]) for key in value]) + "}"
    if kind in ("int", "float", "str", "bytes", "bool", "range", "NoneType"):
        return repr(value)
    if kind in ("memoryview", "bytearray"):
        return kind + "(" + repr(bytes(value)) + ")"
    if kind == "complex":
        return kind + text_of((value.real + 0.0, value.imag + 0.0))
    if isinstance(value, BaseException):
        return error_name(value)
    if hasattr(value, "shown"):
        return kind + "<" + value.shown() + ">"
    return kind


def show(*values):
    for value in values:
        text = text_of(value)
        if len(text) > 400:
            text = text[:200] + " ... " + str(len(text)) + " ... " + text[-100:]
        print(text, end="; ")
    print()


def show_error(error):
    print("raised", error_name(error))


def spy(name, value):
    """The value; tells when it is evaluated."""
    print("spy", name, end="; ")
    return value


def attempt(action):
    try:
        show(action())
    except Exception as error:
        show_error(error)


def cap(value):
    """The value, not larger than what a loop may keep on doubling."""
    kind = type(value).__name__
    if kind == "int":
        return value if -(1 << 400) < value < 1 << 400 else value % (1 << 300)
    if kind in ("str", "bytes", "bytearray", "list", "tuple"):
        return value if len(value) < 60 else value[:40]
    return value


def cut(number):
    """The int, not larger than a float may be."""
    return number if -(1 << 900) < number < 1 << 900 else number % (1 << 900)


def untied(number):
    """The number moved a little, so that it does not lie halfway between two texts of few digits."""
    return number * 1.00000012345


def near(number):
    """The same, not so large that MicroPython writes it with an exponent."""
    return untied(number if -1e12 < number < 1e12 else 1e12)


def number(value):
    """The int, which must be one: texts with the specs of ints are no errors in MicroPython."""
    return value - 0


def printable(value):
    """An ASCII code: MicroPython shows the control characters behind them as they are."""
    return number(value) % 95 + 32


def plain(text):
    """The text without the characters whose case and class MicroPython does not know."""
    return "".join([c for c in text if ord(c) < 128])


def key(value):
    """The value, which must have a hash."""
    hash(value)
    return value


def keyed(dictionary):
    return sorted(dictionary.items(), key=lambda item: text_of(item[0]))


def ordered(values):
    return sorted(values, key=text_of)


def take(iterator, count):
    result = []
    for value in iterator:
        if len(result) == count:
            break
        result.append(value)
    return result


def shut(generator):
    for _ in range(40):
        try:
            generator.close()
            return
        except Exception as error:
            show_error(error)


def fallback(name):
    """What a __getattr__ answers that the runtime may ask, too."""
    if name == "shown" or name.startswith("__"):
        raise AttributeError(name)
    return ("fallback", name)


class Guard:
    """A context manager that tells what it sees, and swallows exceptions of one type."""

    def __init__(self, name, swallowed):
        self.name = name
        self.swallowed = swallowed

    def __enter__(self):
        print("enter", self.name)
        return self.name

    def __exit__(self, kind, error, trace):
        print("exit", self.name, kind and error_name(error), handled())
        return self.swallowed is not None and kind is not None and issubclass(kind, self.swallowed)


def drive(coroutine, *sent):
    """Sends or throws the values in turn while the coroutine lasts, then closes it."""
    try:
        for value in sent:
            show(coroutine.throw(value) if isinstance(value, Exception) else coroutine.send(value))
    except StopIteration as error:
        show("returned", error.value)
    except Exception as error:
        show_error(error)
    shut(coroutine)


class Pause:
    """What a coroutine awaits: it suspends it once, and answers what is sent."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        sent = yield self.value
        return sent

    __iter__ = __await__


class Steps:
    """An asynchronous iterator over 0 … count - 1."""

    def __init__(self, count):
        self.count = count
        self.next = 0

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.next == self.count:
            raise StopAsyncIteration
        self.next += 1
        return self.next - 1


class AsyncGuard(Guard):
    """A Guard that awaits on its way in and out."""

    async def __aenter__(self):
        return (self.__enter__(), await Pause("in"))

    async def __aexit__(self, kind, error, trace):
        await Pause("out")
        return self.__exit__(kind, error, trace)


class Exhausted(BaseException):
    """Ends a program that takes too long."""


fuel = 0


def refuel():
    global fuel
    fuel = 600


def tick():
    global fuel
    fuel -= 1
    if fuel < 0:
        raise Exhausted


PRELUDE = dict(globals())
