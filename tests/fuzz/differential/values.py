"""Literals, many of them on the edges of their type."""

import struct

WORDS = ["", "a", "ab", "abc", "Hello", "hello world", " pad ", "x" * 20, "A-b_C", "tab\there", "line\nline2\r\nend",
         "it's", 'say "hi"', "both '\"", "back\\slash", "äöü", "€uro", "\U0001d11e clef", "日本", "{}", "%d",
         "{0}{1}", "a,b,,c", "aaa", "abababa", "MiXed 1st", "123abc", "\x00nul", "\x7f"]
NUMERALS = ["0", "7", "-12", "+5", " 42 ", "1_000", "0x1F", "0b101", "0o17", "12345678901234567890",
            "-9223372036854775808", "zz", "", "-", "1.5", "1e3", "-2.5E-3", ".5", "5.", "inf", "-Infinity", "nan",
            "1e400", "1e-400", "0xg", "1 2", "1e", "00", "0_0", "--1", "1e+5", "+.e1", "9" * 40,
            "123456789012345678", "4.35", "0.1", "179769313486231570000e289", "2.2250738585072011e-308"]
BYTES = b"abcXYZ 0123,\n\t\0\x7f\xa4\xc3\xe2\x82\xff"
USUAL_FLOATS = [0.0, -0.0, 0.5, 1.0, 1.5, -1.5, 2.5, 3.0, 10.0, 0.1, -0.25, 100.0, 7.75]
EDGE_FLOATS = [1e16, 1e15, 12345678901234568.0, 1e-7, 1e-4, 1e-5, 1e22, 1e23, 1e100, 1.7976931348623157e308, 4.35,
               1e300, 2.2250738585072014e-308, 5e-324, 9007199254740993.0, 0.3, 2.0**62, -2.0**63]
# Of two; near them lie the bounds of words, digits, small ints and floats.
POWERS = [7, 8, 15, 16, 30, 31, 32, 47, 52, 53, 60, 61, 62, 63, 64, 65, 100, 127, 128, 200]
BASES = [0, 2, 3, 8, 10, 16, 30, 36]


class Values:
    """Makes literals from a random.Random."""

    def __init__(self, random):
        self._random = random

    def integer(self):
        """The value of an int, of any size."""
        random = self._random
        kind = random.random()
        if kind < 0.55:
            return random.randint(-4, 12)
        if kind < 0.7:
            return random.randint(-1000, 1000)
        if kind < 0.9:
            power = random.choice(POWERS)
            return random.choice([1, -1]) * (1 << power) + random.randint(-2, 2)
        return random.choice([1, -1]) * random.getrandbits(random.randint(1, 320))

    def number(self):
        """The value of a float; finite."""
        random = self._random
        kind = random.random()
        if kind < 0.5:
            return random.choice(USUAL_FLOATS)
        if kind < 0.7:
            return random.choice(EDGE_FLOATS)
        if kind < 0.9:
            return round(random.uniform(-1000, 1000), random.randint(0, 8))
        bits = struct.unpack("<d", struct.pack("<Q", random.getrandbits(64)))[0]
        return bits if bits - bits == 0 else 1.25

    def text(self):
        """The value of a str."""
        random = self._random
        kind = random.random()
        if kind < 0.7:
            return random.choice(WORDS)
        if kind < 0.85:
            return random.choice(NUMERALS)
        return "".join(random.choice("abcABC 012,.\t-_äß€𝄞'\"") for _ in range(random.randint(0, 12)))

    def data(self):
        """The value of a bytes."""
        random = self._random
        if random.random() < 0.6:
            return random.choice(WORDS).encode()
        return bytes(random.choice(BYTES) for _ in range(random.randint(0, 10)))

    def int_literal(self):
        value = self.integer()
        digits = self._random.choices([str, hex, bin, oct, lambda n: f"{n:_d}"], [20, 2, 1, 1, 1])[0](value)
        return digits if value >= 0 else f"({digits})"

    def float_literal(self):
        value = self.number()
        return repr(value) if repr(value)[0] != "-" else f"({value!r})"

    def str_literal(self):
        return repr(self.text())

    def bytes_literal(self):
        return repr(self.data())
