"""The functions of an executable, read from its machine code (x86-64, as objdump shows it)."""

import re
import subprocess
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field

INSTRUCTION = re.compile(r"^ +([0-9a-f]+):\t(?:notrack |bnd |rep |data16 |lock )*(\S+) *(.*)$")
TARGET = re.compile(r"^([0-9a-f]+)\b")
RIP_RELATIVE = re.compile(r"\(%rip\).*# ([0-9a-f]+) ")
TAKES_ROOM = re.compile(r"^\$0x([0-9a-f]+),%rsp$")
BY_FRAME_POINTER = re.compile(r"^-0x([0-9a-f]+)\(%rbp\),%rsp$")
CONTROL = re.compile(r"^(j|call|ret|ud2|hlt|push|pop|leave)|rsp$|\(%rip\)")
# The jump of a switch through a table, and what makes the register that it leads through: "add %rdx,%rax" and
# "mov (%rdx,%rax,8),%rax".
SWITCH = re.compile(r"\(.*,.*,8\)")
SWITCH_REGISTER = re.compile(r"^(?:add %r\w+|mov \(.*,.*,8\)),(%r\w+)$")
LONGEST_WAY_TO_SWITCH = 12  # instructions
THROUGH_REGISTER = re.compile(r"^\*(%r\w+)$")
THROUGH_TABLE = re.compile(r"^\*(?:0x([0-9a-f]+))?\((%r\w+)\)$")
FIRST_WORD = re.compile(r"^\(%r\w+\)$")
LONGEST_WAY_TO_FAILURE = 20  # instructions
ENDS = ("ret", "ud2", "hlt")
WORD = 8


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@dataclass(frozen=True)
class Call:
    """A call of a function, or of what a pointer leads to: then `callee` is None, and `virtual` is the pointer's offset
    in a table of virtual functions, False if it comes from elsewhere, None if that cannot be seen."""
    at: int
    callee: int | None
    virtual: int | bool | None = None


@dataclass
class Function:
    address: int
    name: str
    frame: int = 0  # bytes of the stack that it takes, its return address included
    unbounded: bool = False  # it takes room of a size that only running tells
    unchecked: set = field(default_factory=set)  # its Calls that no check of the stack comes before
    checked: set = field(default_factory=set)  # its other Calls


class Program:
    """`functions` by address, `names` of all symbols, and what `words` of its data point to functions."""

    def __init__(self, path, check):
        """`check` is the demangled name of the function that is called if a check of the stack fails."""
        self.path = path
        self.read_symbols()
        self.read_code()
        self.read_data()
        self.checks = {address for address, name in self.names.items() if name.startswith(check)}  # and its clones
        self.functions = {}
        for address, parts in self.join_parts().items():
            self.functions[address] = Reader(self, address, parts).read()

    def read_symbols(self):
        self.names, self.ends, self.data_symbols, self.cold = {}, {}, [], set()
        self.every_name = defaultdict(set)  # of functions: several that have the same code may be one
        mangled = run("nm", "--defined-only", "-S", self.path).splitlines()
        plain = run("nm", "--defined-only", "-S", "-C", self.path).splitlines()
        for raw, line in zip(mangled, plain):
            fields = line.split(" ", 3)
            if len(fields) < 4 or not re.fullmatch("[0-9a-f]{16}", fields[1]):
                continue
            address, size, kind, name = int(fields[0], 16), int(fields[1], 16), fields[2], fields[3]
            if kind in "tTwWi":
                self.names.setdefault(address, name)
                self.every_name[address].add(name)
                self.ends[address] = max(address + size, self.ends.get(address, 0))
                if raw.endswith(".cold"):
                    self.cold.add(address)
            else:
                self.data_symbols.append((address, size, name))
        self.data_symbols.sort()
        self.starts = sorted(self.ends)

    def function_at(self, address):
        """The start of the function that the address lies in; None if it lies in none."""
        i = bisect_right(self.starts, address) - 1
        if i >= 0 and address < self.ends[self.starts[i]]:
            return self.starts[i]
        return None

    def read_code(self):
        """Sorted addresses of instructions; of those that matter here, mnemonic and operands."""
        self.addresses, self.code, self.taken_in_code, self.switches = [], {}, set(), set()
        self.moves = {}
        last = []
        for line in run("objdump", "-d", "--no-show-raw-insn", self.path).splitlines():
            if not (match := INSTRUCTION.match(line)):
                continue
            address, mnemonic, operands = int(match[1], 16), match[2], match[3]
            self.addresses.append(address)
            if mnemonic == "jmp" and (SWITCH.search(operands) or self.leads_through_table(operands, last)):
                self.switches.add(address)
            if mnemonic == "mov":
                self.moves[address] = operands.partition(" ")[0]
            last = [*last[1 - LONGEST_WAY_TO_SWITCH:], f"{mnemonic} {operands}"]
            if CONTROL.search(mnemonic) or CONTROL.search(operands):
                self.code[address] = mnemonic, operands
                if not mnemonic.startswith(("j", "call")) and (place := RIP_RELATIVE.search(operands)):
                    if (place := int(place[1], 16)) in self.ends:
                        self.taken_in_code.add(place)
        self.position = {address: i for i, address in enumerate(self.addresses)}

    @staticmethod
    def leads_through_table(operands, before):
        """Whether a jump through a register is that of a switch, by the instruction before it that has set it."""
        register = THROUGH_REGISTER.match(operands)
        for instruction in reversed(before if register else []):
            if instruction.endswith(f",{register[1]}"):
                return SWITCH_REGISTER.match(instruction) is not None
        return False

    def read_data(self):
        """The words in data that point into code, and bytes of read-only data (tables of jumps)."""
        self.words = {}
        for line in run("readelf", "-rW", self.path).splitlines():
            if "R_X86_64_RELATIVE" in line:
                fields = line.split()
                target = int(fields[-1], 16)
                if self.function_at(target) is not None:
                    self.words[int(fields[0], 16)] = target
        self.read_only = None
        for line in run("readelf", "-SW", self.path).splitlines():
            if match := re.search(r" \.rodata +PROGBITS +([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)", line):
                address, offset, size = (int(part, 16) for part in match.groups())
                with open(self.path, "rb") as file:
                    file.seek(offset)
                    self.read_only = address, file.read(size)

    def addresses_between(self, start, end):
        return self.addresses[bisect_left(self.addresses, start):bisect_left(self.addresses, end)]

    def entry(self, place):
        """The 32-bit number at that place of the read-only data; None outside of it."""
        base, data = self.read_only
        if not base <= place <= base + len(data) - 4:
            return None
        return int.from_bytes(data[place - base:place - base + 4], "little", signed=True)

    def join_parts(self):
        """The ranges of code that each function consists of: its own, and what the compiler put aside as cold."""
        parts = {start: [start] for start in self.starts if start not in self.cold}
        for address, (mnemonic, operands) in self.code.items():
            if mnemonic.startswith("j") and (target := TARGET.match(operands)):
                cold = self.function_at(int(target[1], 16))
                if cold in self.cold and (owner := self.function_at(address)) in parts and cold not in parts[owner]:
                    parts[owner].append(cold)
        return parts


class Reader:
    """Reads one function."""

    def __init__(self, program, address, parts):
        self.program = program
        self.function = Function(address, program.names[address])
        self.parts = [(start, program.ends[start]) for start in parts]
        self.jumps = None

    def holds(self, address):
        return any(start <= address < end for start, end in self.parts) and address in self.program.position

    def read(self):
        depths = self.walk_depths()
        function = self.function
        function.frame = max(depths.values(), default=0)
        checks = self.find_checks(depths)
        unchecked = self.reach_without(checks)
        every = {call for address in depths for call in self.calls_at(address)}
        function.unchecked = {call for call in every if call.at in unchecked}
        function.checked = every - function.unchecked
        return function

    def next_after(self, address):
        after = self.program.position[address] + 1
        following = self.program.addresses[after:after + 1]
        return [following[0]] if following and self.holds(following[0]) else []

    def successors(self, address):
        mnemonic, operands = self.program.code.get(address, ("", ""))
        if mnemonic in ENDS:
            return []
        if mnemonic == "jmp":
            if "*" in operands:
                return self.jump_targets() if address in self.program.switches else []
            target = int(TARGET.match(operands)[1], 16)
            return [target] if self.holds(target) else []
        following = self.following[address]
        if mnemonic.startswith("j"):
            target = int(TARGET.match(operands)[1], 16)
            return following + ([target] if self.holds(target) else [])
        return following

    def jump_targets(self):
        """Where the indirect jumps of the function lead: all that its tables hold."""
        if self.jumps is None:
            self.jumps = set()
            tables = []
            for start, end in self.parts:
                for address in self.program.addresses_between(start, end):
                    mnemonic, operands = self.program.code.get(address, ("", ""))
                    if mnemonic == "lea" and (place := RIP_RELATIVE.search(operands)):
                        tables.append(int(place[1], 16))
            for table in set(tables):
                place = table
                while (offset := self.program.entry(place)) is not None and self.holds(table + offset):
                    self.jumps.add(table + offset)
                    place += 4
            starts = {start for start, _ in self.parts}
            self.jumps.update(target for target in self.program.words.values()
                              if target not in starts and self.holds(target))
        return list(self.jumps)

    def walk_depths(self):
        """How much of the stack is in use before each instruction that can be reached."""
        self.following = {}
        depths = {self.function.address: WORD}
        work = [self.function.address]
        while work:
            address = work.pop()
            self.following[address] = self.next_after(address)
            depth = self.depth_after(address, depths[address])
            for following in self.successors(address):
                if following not in depths:
                    depths[following] = depth
                    work.append(following)
        return depths

    def depth_after(self, address, depth):
        mnemonic, operands = self.program.code.get(address, ("", ""))
        if mnemonic == "push":
            return depth + WORD
        if mnemonic in ("pop", "leave"):
            return 2 * WORD if mnemonic == "leave" else depth - WORD
        if not operands.endswith("%rsp"):
            return depth
        if match := TAKES_ROOM.match(operands):
            room = int(match[1], 16)
            room -= (room >> 63) << 64
            return depth + room if mnemonic == "sub" else depth - room if mnemonic == "add" else depth
        if mnemonic == "lea" and (match := BY_FRAME_POINTER.match(operands)):
            return 2 * WORD + int(match[1], 16)
        if mnemonic == "sub":
            self.function.unbounded = True
        return depth

    def calls_at(self, address):
        mnemonic, operands = self.program.code.get(address, ("", ""))
        if mnemonic not in ("call", "jmp"):
            if mnemonic.startswith("j"):
                target = int(TARGET.match(operands)[1], 16)
                return [] if self.holds(target) else [Call(address, target)]
            return []
        if operands.startswith("*"):
            if "(%rip)" in operands:
                return []  # a function of a library
            return [] if address in self.program.switches else [Call(address, None, self.offset_in_table(address, operands))]
        target = int(TARGET.match(operands)[1], 16)
        return [] if mnemonic == "jmp" and self.holds(target) else [Call(address, target)]

    def offset_in_table(self, address, operands):
        """Call.virtual of the call. A table is what the first word of an object points to."""
        register, place = THROUGH_REGISTER.match(operands), THROUGH_TABLE.match(operands)
        position = self.program.position[address]
        for i in range(position - 1, max(position - 12, -1), -1):
            source, _, target = self.program.moves.get(self.program.addresses[i], "").rpartition(",")
            if register and target == register[1]:
                register, place = None, THROUGH_TABLE.match("*" + source)
                if not place:
                    return None
            elif place and target == place[2]:
                if FIRST_WORD.match(source):
                    return int(place[1] or "0", 16)
                return False if "(" in source else None
            if self.program.addresses[i] == self.function.address:
                return False if place and place[2] == "%rdi" else None  # an object that is the first argument
        return None

    def fails(self, address):
        """Whether the way from there leads straight to the failure of a check."""
        for _ in range(LONGEST_WAY_TO_FAILURE):
            mnemonic, operands = self.program.code.get(address, ("", ""))
            target = TARGET.match(operands) if mnemonic in ("call", "jmp") else None
            if target and int(target[1], 16) in self.program.checks:
                return True
            if mnemonic.startswith(("call", "j")) and mnemonic != "jmp":
                return False
            following = self.successors(address)
            if len(following) != 1:
                return False
            address = following[0]
        return False

    def find_checks(self, reachable):
        """The conditional jumps that are checks of the stack: on one way they fail."""
        checks = set()
        for address in reachable:
            mnemonic, operands = self.program.code.get(address, ("", ""))
            if mnemonic.startswith("j") and mnemonic != "jmp":
                target = int(TARGET.match(operands)[1], 16)
                if target in self.program.checks or any(map(self.fails, self.successors(address))):
                    checks.add(address)
        return checks

    def reach_without(self, checks):
        """The instructions that can be reached without a check."""
        reached = {self.function.address}
        work = [self.function.address]
        while work:
            address = work.pop()
            if address in checks:
                continue
            for following in self.successors(address):
                if following not in reached:
                    reached.add(following)
                    work.append(following)
        return reached
