"""Formatted text: the % operator, str.format and f-strings, with specs that MicroPython and CPython read alike."""


class Formatting:
    """Makes expressions of type str; `operand` makes one of a type that is named."""

    def __init__(self, random, operand):
        self._random = random
        self._operand = operand

    def expression(self):
        return self._random.choice([self._percent, self._percent_by_key, self._format, self._fstring])()

    def _chance(self, probability):
        return self._random.random() < probability

    def _pick(self, *choices):
        return self._random.choice(choices)

    def _value(self):
        """An operand and a format spec for it."""
        kind = self._pick("int", "int", "float", "float", "str", "bool")
        if kind == "int":
            spec = self._int_spec()
            return f"{'printable' if spec.endswith('c') else 'number'}({self._operand('int')})", spec
        if kind == "float":
            return self._float_value()
        if kind == "str":
            return self._operand("str"), self._text_spec()
        return self._operand("bool"), self._pick("", ">6", "d", "s"[:0])

    def _alignment(self, choices):
        if self._chance(0.5):
            return ""
        align = self._pick(*choices)
        return (self._pick("", "*", " ", "0", "x", "_") + align) if align else ""

    def _width(self):
        return self._pick("", "", "1", "5", "12", "30")

    def _int_spec(self):
        kind = self._pick("", "d", "x", "X", "o", "b", "d", "c" if self._chance(0.1) else "")
        if kind == "c":
            return self._width() + kind
        prefix = self._pick("", "#") if kind in ("x", "X", "o", "b") else ""
        grouping = self._pick("", "", "_") if kind else ""
        if kind in ("", "d"):
            grouping = self._pick("", "", ",", "_")
        alignment = self._alignment(["<", ">", "^", "="])
        zero = "0" if not alignment and self._chance(0.2) else ""
        return alignment + self._pick("", "", "+", "-", " ") + prefix + zero + self._width() + grouping + kind

    def _float_value(self):
        kind = self._pick(*"feEgGFf%")
        precision = self._pick("", ".0", ".1", ".2", ".3", ".6", ".10", ".15")
        alignment = self._alignment(["<", ">", "^", "="])
        zero = "0" if not alignment and self._chance(0.2) else ""
        spec = alignment + self._pick("", "", "+", "-", " ") + zero + self._width() + precision + kind
        return f"{'near' if kind in 'fF%' else 'untied'}({self._operand('float')})", spec

    def _text_spec(self):
        precision = self._pick("", "", ".0", ".2", ".9")
        return self._alignment(["<", ">", "^"]) + self._width() + precision + self._pick("", "s")

    def _percent_spec(self):
        """A conversion without its %, and an operand."""
        kind = self._pick(*"diuxXoeEfFgGrssc")
        width, flags = self._width(), "".join(self._random.sample("-+ 0", self._pick(0, 0, 1, 2)))
        if kind in "diuxXo":
            return flags + self._pick("", "", "#") * (kind in "xXo") + width + kind, self._operand("int")
        if kind in "eEfFgG":
            moved = "near" if kind in "fF" else "untied"
            return flags + width + self._pick("", ".0", ".2", ".7") + kind, f"{moved}({self._operand('float')})"
        if kind == "c":
            return kind, self._pick("'c'", "'é'", "97", "8364")
        flags = "-" if "-" in flags else ""
        return flags + width + self._pick("", "", ".3") + kind, self._operand(self._pick("str", "int", "any1"))

    def _text(self):
        return self._pick("", "", " ", "a", "é", "=", "%%", "-")

    def _percent(self):
        fields = [self._percent_spec() for _ in range(self._pick(1, 1, 2, 3))]
        template = "".join(self._text() + "%" + spec for spec, _ in fields) + self._text()
        operands = [operand for _, operand in fields]
        if self._chance(0.05):
            operands.append("1")
        return f"{template!r} % ({', '.join(operands)},)"

    def _percent_by_key(self):
        fields = [(name, *self._percent_spec()) for name in ("a", "key 2")[: self._pick(1, 2)]]
        template = "".join(f"{self._text()}%({name}){spec}" for name, spec, _ in fields)
        return f"{template!r} % {{" + ", ".join(f"{name!r}: {operand}" for name, _, operand in fields) + "}"

    def _braces(self):
        return self._pick("", "", " ", "a", "é", "{{", "}}", "-", "\n")

    def _format(self):
        values = [self._value() for _ in range(self._pick(1, 2, 3))]
        names = self._pick(["", "", ""], ["0", "1", "2"], ["x", "y", "z"])
        parts, operands = [], []
        for name, (operand, spec) in zip(names, values):
            conversion = self._pick("!r", "!s") if self._chance(0.1) else ""
            if conversion:
                spec = self._alignment(["<", ">", "^"]) + self._width()
                operand = self._operand("any1")
            field = name + conversion + (":" + spec if spec else "")
            if self._chance(0.1) and name == "" and not conversion and spec.isdecimal() and spec[0] != "0":
                field = ":{}"
                operand += ", " + spec
            parts.append(self._braces() + "{" + field + "}")
            operands.append(f"{name}={operand}" if name.isalpha() else operand)
        return f"{''.join(parts) + self._braces()!r}.format({', '.join(operands)})"

    def _fstring(self):
        """Operands must not hold quotes or backslashes, which CPython 3.11 refuses there; such go in by a lambda."""
        parts, parameters, operands = [], [], []
        for index in range(self._pick(1, 1, 2, 3)):
            operand, spec = self._value()
            if any(c in operand for c in "\"'\\:!{}=\n#") or "lambda" in operand:
                parameters.append(f"p{index}")
                operands.append(operand)
                operand = f"p{index}"
            if self._chance(0.1):
                operand, spec = operand + self._pick("!r", "!s"), self._pick("", ">9", "*^7")
            elif spec.isdecimal() and spec[0] != "0" and self._chance(0.5):
                spec = "{" + spec + "}"
            text = repr(self._braces())[1:-1]
            parts.append(text + "{" + operand + (":" + spec if spec else "") + "}")
        body = 'f"' + "".join(parts) + '"'
        return f"(lambda {', '.join(parameters)}: {body})({', '.join(operands)})" if parameters else body
