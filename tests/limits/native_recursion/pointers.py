"""What indirect calls may lead to.

The machine code does not tell what a call through a pointer leads to, so the line of source that it comes from is read:
it names the pointer (`type->slots.print(`) or the virtual function (`out.write(`). A pointer may lead to every function
whose address is taken and which has the parameters that the pointer is declared with; a virtual function to every one of
its name in a table of virtual functions. Where the line names neither, the call may lead to every function whose
address is taken.
"""

import re
import subprocess
from collections import defaultdict
from pathlib import Path

DECLARATION = re.compile(r"\(\*\s*(\w+)\)\(")
NAMED_TYPE = re.compile(r"\busing (\w+) = [^;=]*?\(\*\)\(")
VIRTUAL = re.compile(r"\bvirtual [^;{=]*?(\w+)\(")
ALIAS = re.compile(r"\b(\w+) = [^;=]*?(?:\.|->)(\w+)\s*[;)]")
CALL_OF_MEMBER = re.compile(r"(\w*)[)\]]*(?:->|\.)\s*(\w+)\s*\(")
CALL = re.compile(r"(?<![\w:.>~])(\w+)\s*\(")
# What stands for a call through a pointer in the headers of libraries, and the names of what it calls.
LIBRARY = {r"\bdelete \w": r"~\w+", r"\b_M_manager\(": "_M_manager", r"\b_M_invoker\(": "_M_invoke",
           r"\balgorithm(\.|->)\w+\(": "in Nettle"}
# A function on one line: its body.
ONE_LINE_FUNCTION = re.compile(r"^\s*(?!if|for|while|switch|else|do)[\w:<>*&, ]+\(.*?\)(?: const| override| final| noexcept)*"
                               r" \{ (.*\})$")
POINTER_IN_NAME = re.compile(r"\(\*\)\(([^()]*)\)")
CALL_OF_CHOICE = re.compile(r"\? (\w+) : (\w+)\)\(")  # (condition ? one : other)(...)
CALL_OF_MEMBER_POINTER = re.compile(r"(?:->|\.)\*(\w+)\)\(")
DECLARATION_OF_MEMBER_POINTER = re.compile(r"\((\w+)::\*\s*(\w*)\)\(")


def balanced(text, start):
    """The text between the parenthesis at `start` and the one that closes it."""
    depth = 0
    for i in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth == 0:
            return text[start + 1:i]
    return text[start + 1:]


def split(parameters):
    """The parameters of a list, which may hold lists in brackets."""
    parts, depth, part = [], 0, ""
    for char in parameters:
        depth += {"<": 1, "(": 1, ">": -1, ")": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += char
    return [part.strip() for part in parts + [part] if part.strip()]


# Where a statement ends, and what comes before one: the end of another, or a comment; a statement of more lines is not
# looked for.
ENDS = re.compile(r"[;{}]\s*(//.*)?$")
ENDS_BEFORE = re.compile(r"[;{}:]\s*(//.*)?$|^\s*//")
LONGEST_STATEMENT = 8

# Names of the same type in the sources and in symbols.
BASIC = {"uint8_t": "unsigned char", "uint16_t": "unsigned short", "uint32_t": "unsigned int", "uint64_t": "unsigned long",
         "size_t": "unsigned long", "int64_t": "long", "int32_t": "int", "string_view": "string"}


def canonical(parameter, named):
    """A parameter's type, as sources and symbols agree on it; `named` if its name may follow."""
    text = re.sub(r"\bstd::basic_string_view<.*?> ?>", "string", parameter)
    text = re.sub(r"\b(upy|std|\(anonymous namespace\)|\w+)::", "", text.replace("(anonymous namespace)::", ""))
    words = re.findall(r"\w+|[*&<>]", text)
    if named and len(words) > 1 and re.match(r"\w", words[-1]) and words[-1] not in BASIC and words[-1] != "const" \
            and words[-2] != "unsigned":
        words.pop()
    words = [BASIC.get(word, word) for word in words if word not in ("const", "struct")]
    return " ".join(words)


def parameters_of(symbol):
    """The parameters in a demangled name, canonical; None if it has none."""
    symbol = re.sub(r" \[clone .*\]$|( const)$", "", symbol)
    if not symbol.endswith(")"):
        return None
    depth = 0
    for i in range(len(symbol) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(symbol[i], 0)
        if depth == 0:
            return tuple(canonical(part, False) for part in split(symbol[i + 1:-1]))
    return None


def short_name(symbol):
    """upy::Writer::write(...) -> write."""
    name = re.sub(r" \[clone .*\]$|( const)$|\[abi:cxx11\]", "", symbol)
    depth = 0
    for i in range(len(name) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(name[i], 0)
        if depth == 0:
            name = name[:i]
            break
    return re.search(r"([~\w]*)$", re.sub(r"<[^<>]*>$", "", name))[1]


class Pointers:
    def __init__(self, program, root):
        self.program, self.root = program, Path(root).resolve()
        self.sources = {}
        self.structs = defaultdict(list)  # the pointers in each struct and their parameters
        self.receivers = defaultdict(set)  # by the name of a pointer: variables of the struct that it is in
        self.member_pointers = defaultdict(set)
        self.local = set()  # (path, name) of pointers that may be called by their name alone
        self.read_tables()
        self.read_declarations()
        self.read_types()

    def read_tables(self):
        """The functions whose address is taken, and the virtual ones by name."""
        tables = [(start, start + size) for start, size, name in self.program.data_symbols
                  if name.startswith("vtable for ")]
        self.offsets = defaultdict(set)  # of virtual functions in their tables
        self.virtual, self.taken = defaultdict(set), set(self.program.taken_in_code)
        for place, target in self.program.words.items():
            if target not in self.program.functions:
                continue
            table = next((start for start, end in tables if start <= place < end), None)
            if table is not None:
                for name in self.program.every_name[target]:
                    self.virtual[short_name(name)].add(target)
                self.offsets[target].add(place - table - 16)
            else:
                self.taken.add(target)
        self.by_parameters = defaultdict(set)
        for target in self.taken & self.program.functions.keys():
            for parameters in self.parameters(target):
                self.by_parameters[parameters].add(target)
        self.taken |= set().union(*self.virtual.values())
        self.taken -= {address for address, name in self.program.names.items() if name == "main"}  # called by none here

    def parameters(self, function):
        return {parameters_of(name) for name in self.program.every_name[function]}

    def read_declarations(self):
        """The pointers to functions that the sources declare, by name, and what other names they get."""
        self.pointers = defaultdict(set)
        sources = {path: re.sub(r"//[^\n]*", "", path.read_text())
                   for path in sorted(self.root.rglob("*")) if path.suffix in (".h", ".cpp")}
        owners = defaultdict(set)
        types = {match[1]: self.declared(text, match) for text in sources.values() for match in NAMED_TYPE.finditer(text)}
        for path, text in sources.items():
            for match in DECLARATION.finditer(text):
                self.add(path, match[1], self.declared(text, match))
                if owner := re.findall(r"\b(?:struct|class) (\w+)[^;{]*\{", text[:match.start()])[-1:]:
                    owners[match[1]].add(owner[0])
                    self.structs[owner[0]].append((match[1], self.declared(text, match)))
            for type_name, parameters in types.items():
                for name in re.findall(rf"\b{type_name} (\w+)\b", text):
                    self.add(path, name, parameters)
            for match in DECLARATION_OF_MEMBER_POINTER.finditer(text):
                parameters = self.declared(text, match)
                name = match[2] or re.search(r"using (\w+) = [^;]*$", text[:match.start()])[1]
                for name in [name] if match[2] else re.findall(rf"\b{name} (\w+)\b", text):
                    self.member_pointers[name].add((match[1], parameters))
            for name in VIRTUAL.findall(text):
                self.virtual[name]  # also if nothing here overrides it
        every = "\n".join(sources.values())
        for name, structs in owners.items():
            self.receivers[name].update(re.findall(rf"\b(?:{'|'.join(structs)})[ *&]+(\w+)", every))

    def read_types(self):
        """What stands in the slots of static types (struct Slots in Type) and in tables of nothing but pointers, by the
        pointer's name; and what the slots of each type hold."""
        self.slots, self.in_slot, self.in_type = {}, defaultdict(set), defaultdict(set)
        types = [symbol for symbol in self.program.data_symbols if symbol[2].endswith("_type")]
        size = max(size for _, size, _ in types)
        # The slots begin where each then holds functions with the parameters of its pointer.
        if not any(self.read_tables_of("Slots", types, begin, size) for begin in range(0, size, 8)):
            raise ValueError("the slots of types are not where they were expected")
        for owner, pointers in self.structs.items():
            size = 8 * len(pointers)
            for symbol in self.program.data_symbols:
                if symbol[1] in (size, size + 8):  # Slots has one more pointer, which is none to a function
                    self.read_tables_of(owner, [symbol], 0, size)
        self.in_tables = set().union(*self.in_slot.values())

    def read_tables_of(self, owner, symbols, begin, size):
        """Reads tables of the struct, which begin there; False if that does not fit."""
        pointers, found = self.structs[owner], []
        for start, _, symbol in symbols:
            for place in range(start, start + size, 8):
                if place not in self.program.words:
                    continue
                target, slot = self.program.words[place], (place - start - begin) // 8
                if not 0 <= slot < len(pointers) or pointers[slot][1] not in self.parameters(target):
                    return False
                found.append((pointers[slot], symbol, target))
        for (name, parameters), symbol, target in found:
            self.slots[name] = parameters
            self.in_slot[name].add(target)
            self.in_type[symbol.rpartition("::")[2]].add(target)
        return True

    def declared(self, text, match):
        return tuple(canonical(part, True) for part in split(balanced(text, match.end() - 1)))

    def add(self, path, name, parameters):
        self.pointers[name].add(parameters)
        self.local.add((path.resolve(), name))

    def text(self, path):
        if path not in self.sources:
            self.sources[path] = Path(path).read_text().splitlines() if Path(path).exists() else []
        return self.sources[path]

    def statement(self, path, line):
        """The statement of source that the line belongs to."""
        lines = self.text(path)
        if not 0 < line <= len(lines):
            return ""
        first = line - 1
        while first > 0 and line - first < LONGEST_STATEMENT and not ENDS_BEFORE.search(lines[first - 1]):
            first -= 1
        text = " ".join(lines[first:line])
        for following in lines[line:line + LONGEST_STATEMENT]:
            if text.count("(") <= text.count(")") and ENDS.search(text):
                break
            text += " " + following
        one_line = ONE_LINE_FUNCTION.match(text)
        return one_line[1] if one_line else text

    def aliases(self, path, name):
        """Names of pointers that `name` is a variable for."""
        text = "\n".join(self.text(path))
        return {match[2] for match in ALIAS.finditer(text) if match[1] == name and match[2] in self.pointers}

    def read_lines(self, places):
        """The (path, line) of each address."""
        lines = dict(zip(places, self.addr2line(places)))
        for place, line in lines.items():
            if line.startswith("?"):  # in a long list it misses some that it finds alone
                lines[place] = self.addr2line([place])[0]
        return {place: self.read_line(line) for place, line in lines.items()}

    def addr2line(self, places):
        return subprocess.run(["addr2line", "-e", self.program.path], check=True, capture_output=True, text=True,
                              input="\n".join(f"{place:x}" for place in places)).stdout.splitlines()

    def read_line(self, line):
        path, _, number = line.partition(" ")[0].rpartition(":")
        return self.source(path), int(number) if number.isdigit() else 0

    def source(self, path):
        """Where the source is: a cached object tells where it was when it was compiled."""
        own = self.root / path.rpartition(f"/{self.root.name}/")[2]
        return str(own) if own.exists() else path

    def named(self, call, path, text):
        """What the text calls by name: (whether it is virtual, None if that does not matter; functions) for each."""
        plain, members = CALL.findall(text), CALL_OF_MEMBER.findall(text)
        of_pointers = {name for receiver, name in members if receiver in self.receivers[name]}
        of_virtual = {name for receiver, name in members if receiver not in self.receivers[name]} | set(plain)
        for name in of_virtual & self.virtual.keys():
            functions = self.virtual[name]
            if type(call.virtual) is int:
                functions = {each for each in functions if call.virtual in self.offsets[each]}
            yield True, functions
        for name in (of_pointers | {name for _, name in members if name not in self.virtual}) & self.pointers.keys():
            yield False, self.led_to(name, text, name)
        for name in plain:
            if (Path(path).resolve(), name) in self.local:
                yield False, self.led_to(name, text, name)
            for pointer in self.aliases(path, name):
                yield False, self.led_to(pointer, text, name)
        for name in CALL_OF_MEMBER_POINTER.findall(text):
            for owner, parameters in self.member_pointers[name]:
                yield None, {target for target in self.taken if parameters in self.parameters(target)
                             and (target in self.offsets or f"{owner}::" in self.program.names[target])}
        for names in CALL_OF_CHOICE.findall(text):
            yield False, {target for target in self.taken if short_name(self.program.names[target]) in names}
        for name, function in LIBRARY.items():
            if re.search(name, text):
                yield None, {target for target in self.taken if re.fullmatch(function, short_name(self.program.names[target]))}

    def led_to(self, pointer, text, name):
        """What a pointer that the text calls by that name may lead to."""
        if pointer not in self.pointers:
            return set()
        start = re.search(rf"\b{name}\s*\(", text)
        count = len(split(balanced(text, start.end() - 1)))
        known = self.pointers[pointer]
        found = set()
        for parameters in {each for each in known if len(each) == count} or (known if pointer == name else ()):
            if pointer in self.slots and parameters == self.slots[pointer]:
                found |= self.in_slot[pointer] | {target for target in self.by_parameters[parameters]
                                                  if target not in self.in_tables}
            else:
                found |= self.by_parameters[parameters]
        of_type = re.search(rf"\b(\w+_type)\.slots\.{name}\s*\(", text)
        return found & self.in_type[of_type[1]] if of_type else found

    def targets(self, call, caller, path, line):
        """(What the call at that line may lead to, whether the line told)."""
        named = list(self.named(call, path, self.statement(path, line)))
        if call.virtual is not None:
            is_virtual = call.virtual is not False
            named = [each for each in named if each[0] in (None, is_virtual)] or named
        if not named:  # else through a pointer that the caller, of a template, has got: its name tells the type
            named = [(None, self.by_parameters[tuple(canonical(part, False) for part in split(parameters))])
                     for parameters in POINTER_IN_NAME.findall(caller)]
        if not named:
            return self.taken, False
        return set().union(*(functions for _, functions in named)), True
