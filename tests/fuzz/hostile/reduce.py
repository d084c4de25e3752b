"""Makes a program that was a finding smaller."""

import time

import reduction


def reduced(program, interpreter, signature, seconds):
    """The smallest one found in that time that still has the signature; `program` itself if it has it not alone."""
    def fails(candidate):
        return interpreter.signature(candidate) == signature

    deadline = time.monotonic() + seconds
    if not fails(program):
        return program
    statements = fewer(program.statements, lambda some: fails(program.with_statements(some)), deadline)
    program = program.with_statements(statements)
    text = reduction.reduced(program.text(), lambda text: fails(program.with_statements([text])),
                             deadline - time.monotonic())
    return program.with_statements([text])


def fewer(items, holds, deadline):
    """Leaves out items, many at a time, then fewer, as long as it holds for the rest."""
    size = len(items) // 2
    while size > 0 and time.monotonic() < deadline:
        at = 0
        while at < len(items) and time.monotonic() < deadline:
            rest = items[:at] + items[at + size:]
            if holds(rest):
                items = rest
            else:
                at += size
        size //= 2
    return items
