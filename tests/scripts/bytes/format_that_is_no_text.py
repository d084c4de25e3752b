# Names, specs and errors are strings, which bytes that are no UTF-8 can't become.
class Formatted:
    def __format__(self, spec):
        return "<" + spec + ">"


def attempt(call):
    try:
        print(call())
    except Exception as e:
        print(repr(e))


attempt(lambda: b"\xff{:a}\xfe".format(Formatted()))  # expect: b'\xff<a>\xfe'
attempt(lambda: b"{:\xff}".format(Formatted()))  # expect: UnicodeError()
attempt(lambda: b"{\xff}".format())  # expect: UnicodeError()
attempt(lambda: b"%(\xff)s" % {})  # expect: UnicodeError()
attempt(lambda: b"%\xff" % 1)  # expect: ValueError("unsupported format character '\\xff' (0xff) at index 1",)
attempt(lambda: b"{!\xff}".format(1))  # expect: ValueError('unknown conversion specifier \\xff}',)
attempt(lambda: "{!é}".format(1))  # expect: ValueError('unknown conversion specifier é',)


# A text may be made of what a bytearray holds, but not while that changes.
class Changes:
    def __str__(self):
        pattern[:] = b"{!q}" * 50
        return "one"


pattern = bytearray(b"{!s} {!s} {:>5}")
attempt(lambda: pattern.format(Changes(), 2, 3))  # expect: bytearray(b'one 2     3')
