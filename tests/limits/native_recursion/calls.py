"""The graph of all calls."""

import re

from pointers import Pointers, short_name
from program import Program

CHECK = "upy::Vm::stack_exhausted()"


class CallGraph:
    """Who calls whom: `unchecked` without a check of the stack before the call, and `checked`; both by address."""

    def __init__(self, executable, sources):
        self.program = Program(executable, CHECK)
        self.functions = self.program.functions
        pointers = Pointers(self.program, sources)
        calls = [(function, call) for function in self.functions.values() for call in function.unchecked | function.checked]
        lines = pointers.read_lines([call.at for _, call in calls])
        self.unchecked = {address: set() for address in self.functions}
        self.checked = {address: set() for address in self.functions}
        self.lines, self.unnamed = {}, []
        for function, call in calls:
            targets, told = {call.callee}, True
            if call.callee is None:
                targets, told = pointers.targets(call, function.name, *lines[call.at])
            if not told:
                self.unnamed.append((function, lines[call.at]))
            graph = self.unchecked if call in function.unchecked else self.checked
            for target in targets & self.functions.keys():
                graph[function.address].add(target)
                self.lines.setdefault((function.address, target), lines[call.at])

    def name(self, address):
        return re.sub(r"\bupy::|\(anonymous namespace\)::", "", self.program.names[address])

    def short_name(self, address):
        return short_name(self.program.names[address])

    def line(self, caller, callee):
        path, line = self.lines[caller, callee]
        return f"{path}:{line}"
