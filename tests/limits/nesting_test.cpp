#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "support/expectations.h"
#include "support/script_host.h"

/// Whatever can be nested, nested far too deep: on the stack of a hosted instance it works or is a RuntimeError.
namespace {

/// `operation` is done with `deep`, which is `make`, a function of one value, applied many times, first to `first`.
/// `before` is run first. `expected` is what is printed: by the operation, or "too deep" of the RuntimeError.
struct Nesting {
  const char* name;
  const char* first;
  const char* make;
  const char* operation;
  const char* expected = "too deep";
  const char* before = "";
  int depth = 20000;
};

std::ostream& operator<<(std::ostream& out, const Nesting& nesting) { return out << nesting.name; }

/// Expected where a RuntimeError and success are equally right.
constexpr const char* kAny = nullptr;

constexpr const char* kCollections = "from collections import namedtuple, deque, OrderedDict\nN = namedtuple('N', 'a')";
/// Objects that wrap another one; B binds a method to a bound method, G is a descriptor whose getter is another one.
constexpr const char* kClasses =
    "class K: pass\n"
    "def bind(m):\n"
    "    K.x = classmethod(m)\n"
    "    return K.x\n"
    "def chain(name, value):\n"
    "    return type('C', (), {name: value})()\n"
    "class S:\n"
    "    def m(self): return 1\n";

constexpr Nesting kNestings[] = {
    // ---- showing ----
    {"ReprOfTuples", "()", "lambda x: (x,)", "repr(deep)"},
    {"ReprOfLists", "[]", "lambda x: [x]", "repr(deep)"},
    {"ReprOfDicts", "{}", "lambda x: {1: x}", "str(deep)"},
    {"ReprOfOrderedDicts", "{}", "lambda x: OrderedDict(((1, x),))", "repr(deep)", "too deep", kCollections},
    {"ReprOfDictValues", "{}", "lambda x: {1: x}.values()", "repr(deep)"},
    {"ReprOfDictItems", "{}", "lambda x: {1: x}.items()", "repr(deep)"},
    {"ReprOfFrozenSets", "0", "lambda x: frozenset((S(x),))", "repr(deep)", "too deep",
     "class S:\n    def __init__(self, x): self.x = x\n    def __repr__(self): return repr(self.x)"},
    {"ReprOfNamedTuples", "0", "lambda x: N(x)", "repr(deep)", "too deep", kCollections},
    {"ReprOfSlices", "0", "lambda x: S()[x:]", "repr(deep)", "too deep",
     "class S:\n    def __getitem__(self, i): return i"},
    {"ReprOfArrays", "0", "lambda x: array('O', [x])", "repr(deep)", "too deep", "from array import array"},
    {"ReprOfBoundMethods", "len", "bind", "repr(deep)", "too deep", kClasses},
    {"ReprOfSupers", "S()", "lambda x: super(object, x)", "repr(deep)", "too deep", "class S: pass"},
    {"ReprOfCells", "0", "lambda x: (lambda: x)", "repr(deep)"},
    {"ReprOfExceptions", "0", "lambda x: ValueError(x)", "repr(deep)"},
    {"TextOfExceptions", "0", "lambda x: ValueError(x, 0)", "str(deep)"},
    {"TextOfOneException", "0", "lambda x: ValueError(x)", "str(deep)", kAny},
    {"TextOfOsErrors", "0", "lambda x: OSError(1, x)", "str(deep)"},
    {"TextOfInstances", "0", "lambda x: L([x])", "str(deep)", "too deep", "class L(list): pass"},
    {"FormatOfTuples", "()", "lambda x: (x,)", "'{}'.format(deep)"},
    {"PercentOfTuples", "()", "lambda x: (x,)", "'%s' % deep"},
    {"PrintOfLists", "[]", "lambda x: [x]", "print(deep, file=io.StringIO())", "too deep", "import io"},
    {"JsonOfLists", "[]", "lambda x: [x]", "json.dumps(deep)", "too deep", "import json"},
    {"JsonOfDicts", "{}", "lambda x: {'a': x}", "json.dumps(deep)", "too deep", "import json"},
    {"JsonText", "''", "lambda x: x + '['", "json.loads(deep)", "syntax error in JSON", "import json"},

    // ---- comparing and hashing ----
    {"HashOfTuples", "()", "lambda x: (x,)", "hash(deep)"},
    {"HashOfNamedTuples", "0", "lambda x: N(x)", "hash(deep)", "too deep", kCollections},
    {"KeyOfTuples", "()", "lambda x: (x,)", "{1: 2}.get(deep)"},
    {"EqualTuples", "((), ())", "lambda x: ((x[0],), (x[1],))", "deep[0] == deep[1]"},
    {"EqualLists", "([], [])", "lambda x: ([x[0]], [x[1]])", "deep[0] == deep[1]"},
    {"UnequalLists", "([], [])", "lambda x: ([x[0]], [x[1]])", "deep[0] != deep[1]"},
    {"OrderOfTuples", "((1,), (2,))", "lambda x: ((x[0],), (x[1],))", "deep[0] < deep[1]"},
    {"OrderOfLists", "([1], [2])", "lambda x: ([x[0]], [x[1]])", "deep[0] >= deep[1]"},
    {"EqualDicts", "({}, {})", "lambda x: ({1: x[0]}, {1: x[1]})", "deep[0] == deep[1]"},
    {"EqualInstances", "([], [])", "lambda x: (L([x[0]]), L([x[1]]))", "deep[0] == deep[1]", "too deep",
     "class L(list): pass"},
    {"TupleInList", "((), ())", "lambda x: ((x[0],), (x[1],))", "deep[0] in [deep[1]]"},
    {"IndexInList", "((), ())", "lambda x: ((x[0],), (x[1],))", "[deep[1]].index(deep[0])"},
    {"CountInTuple", "((), ())", "lambda x: ((x[0],), (x[1],))", "(deep[1],).count(deep[0])"},
    {"SortOfLists", "([1], [2])", "lambda x: ([x[0]], [x[1]])", "sorted(deep)"},
    {"MaximumOfLists", "([1], [2])", "lambda x: ([x[0]], [x[1]])", "max(deep)"},

    // ---- matching ----
    {"ExceptOfTuples", "()", "lambda x: (x,)", "matches(deep)", "too deep",
     "def matches(types):\n    try: 1 / 0\n    except types: return True"},
    {"IsInstanceOfTuples", "(int,)", "lambda x: (x,)", "isinstance(1, deep)", kAny},
    {"IsSubclassOfTuples", "(int,)", "lambda x: (x,)", "issubclass(int, deep)", kAny},
    {"StartsWithTuples", "()", "lambda x: (x,)", "'a'.startswith(deep)", kAny},

    // ---- attributes and calls ----
    {"AttributeOfBoundMethods", "len", "bind", "deep.foo", "too deep", kClasses},
    {"HasAttributeOfBoundMethods", "len", "bind", "hasattr(deep, 'foo')", "too deep", kClasses},
    {"DirOfBoundMethods", "len", "bind", "dir(deep)", "too deep", kClasses},
    {"HashOfBoundMethods", "len", "bind", "hash(deep) == hash(deep)", "True", kClasses},
    {"EqualBoundMethods", "len", "bind", "deep == deep", "True", kClasses},
    {"Descriptors", "0", "lambda x: chain('__get__', x)", "chain('a', deep).a", "too deep", kClasses, 50000},
    {"DescriptorOfItself", "0", "lambda x: x", "own()", "too deep",
     "class D: pass\nD.__get__ = D()\nclass A:\n    a = D()\ndef own(): return A().a", 1},
    {"SetterOfItself", "0", "lambda x: x", "own()", "too deep",
     "class E: pass\nE.__get__ = E()\nE.__set__ = E()\nclass A:\n    a = E()\ndef own(): A().a = 1", 1},
    {"Callables", "0", "lambda x: chain('__call__', x)", "deep()", "too deep", kClasses, 10000},
    {"CallableOfItself", "0", "lambda x: x", "C()()", "too deep", "class C: pass\nC.__call__ = C()", 1},
    {"GetAttrs", "0", "lambda x: Deep(x)", "deep.foo", "too deep",
     "class Deep:\n    def __init__(self, x): self.x = x\n    def __getattr__(self, n): return getattr(self.x, n)"},
    {"GetAttrOfItself", "0", "lambda x: x", "C().foo", "too deep",
     "class C:\n    def __getattr__(self, n): return C().foo", 1},
    {"SetAttrOfItself", "0", "lambda x: x", "own()", "too deep",
     "class C:\n    def __setattr__(self, n, v): own()\ndef own(): C().a = 1", 1},
    {"Properties", "lambda s: 1", "lambda g: P(g)", "chain('a', property(deep)).a", "too deep",
     "class P:\n    def __init__(self, g): self.g = g\n    def __call__(self, s):\n"
     "        return type('C', (), {'a': property(self.g)})().a\n"
     "def chain(name, value): return type('C', (), {name: value})()"},
    {"AttributeOfSupers", "S()", "lambda x: super(object, x)", "deep.foo", kAny, "class S: pass"},
    {"BasesOfClasses", "object", "lambda x: type('C', (x,), {})", "deep().foo", "'C' object has no attribute 'foo'", "",
     500},
    {"IsInstanceOfDeepClass", "object", "lambda x: type('C', (x,), {})", "isinstance(deep(), object)", "True", "", 500},
    {"StaticMethods", "len", "lambda x: staticmethod(x)", "type('C', (), {'a': deep}).a is None", "False"},
    {"NewOfItself", "0", "lambda x: x", "C()", kAny, "class C: pass\nC.__new__ = C", 1},
    {"InitOfItself", "0", "lambda x: x", "C()", kAny, "class C: pass\nC.__init__ = C", 1},
    {"SetNameOfItself", "0", "lambda x: x", "type('A', (), {'a': C()}) is None", kAny,
     "class C: pass\nC.__set_name__ = C()", 1},
    {"Partials", "len", "lambda x: (lambda a: x(a))", "deep(())", "too deep"},

    // ---- special methods that are objects, and so again ----
    {"LenOfItself", "0", "lambda x: x", "len(C())", "too deep", "class C: pass\nC.__len__ = C()\nC.__call__ = C()", 1},
    {"BoolOfItself", "0", "lambda x: x", "bool(C())", "too deep", "class C: pass\nC.__bool__ = C()\nC.__call__ = C()",
     1},
    {"EqOfItself", "0", "lambda x: x", "C() == C()", "too deep", "class C: pass\nC.__eq__ = C()\nC.__call__ = C()", 1},
    {"HashOfItself", "0", "lambda x: x", "hash(C())", "too deep", "class C: pass\nC.__hash__ = C()\nC.__call__ = C()",
     1},
    {"IterOfItself", "0", "lambda x: x", "list(C())", "too deep", "class C: pass\nC.__iter__ = C()\nC.__call__ = C()",
     1},
    {"NextOfItself", "0", "lambda x: x", "next(C())", "too deep", "class C: pass\nC.__next__ = C()\nC.__call__ = C()",
     1},
    {"ReprOfItself", "0", "lambda x: x", "repr(C())", "too deep", "class C: pass\nC.__repr__ = C()\nC.__call__ = C()",
     1},
    {"NegOfItself", "0", "lambda x: x", "-C()", "too deep", "class C: pass\nC.__neg__ = C()\nC.__call__ = C()", 1},
    {"IndexOfItself", "0", "lambda x: x", "[1][C()]", kAny, "class C: pass\nC.__index__ = C()\nC.__call__ = C()", 1},
    {"FloatOfItself", "0", "lambda x: x", "float(C())", "too deep",
     "class C: pass\nC.__float__ = C()\nC.__call__ = C()", 1},
    {"ContainsOfItself", "0", "lambda x: x", "1 in C()", "too deep",
     "class C: pass\nC.__contains__ = C()\nC.__call__ = C()", 1},
    {"EnterOfItself", "0", "lambda x: x", "own()", "too deep",
     "class C: pass\nC.__enter__ = C.__exit__ = C()\nC.__call__ = C()\ndef own():\n    with C(): pass", 1},
    {"ReprByRepr", "0", "lambda x: x", "repr(C())", "too deep", "class C:\n    def __repr__(self): return repr(self)",
     1},
    {"EqByEq", "0", "lambda x: x", "C() == C()", "too deep", "class C:\n    def __eq__(self, o): return self == o", 1},
    {"HashByHash", "0", "lambda x: x", "hash(C())", "too deep", "class C:\n    def __hash__(self): return hash(self)",
     1},
    {"LenByLen", "0", "lambda x: x", "len(C())", "too deep", "class C:\n    def __len__(self): return len(self)", 1},
    {"BoolByBool", "0", "lambda x: x", "bool(C())", "too deep", "class C:\n    def __bool__(self): return bool(self)",
     1},
    {"IterByIter", "0", "lambda x: x", "iter(C())", "too deep", "class C:\n    def __iter__(self): return iter(self)",
     1},
    {"NextByNext", "0", "lambda x: x", "next(C())", "too deep", "class C:\n    def __next__(self): return next(self)",
     1},
    {"NegByNeg", "0", "lambda x: x", "-C()", "too deep", "class C:\n    def __neg__(self): return -self", 1},
    {"AddByRadd", "0", "lambda x: x", "1 + C()", "too deep", "class C:\n    def __radd__(self, o): return o + self", 1},
    {"GetItemByGetItem", "0", "lambda x: x", "C()[0]", "too deep",
     "class C:\n    def __getitem__(self, i): return self[i]", 1},
    {"SetItemBySetItem", "0", "lambda x: x", "C().__setitem__(1, 2)", "too deep",
     "class C:\n    def __setitem__(self, i, v): self[i] = v", 1},
    {"ContainsByIn", "0", "lambda x: x", "1 in C()", "too deep",
     "class C:\n    def __contains__(self, i): return i in self", 1},
    {"GetAttrByGetAttr", "0", "lambda x: x", "C().a", "too deep",
     "class C:\n    def __getattr__(self, n): return getattr(self, n)", 1},
    {"SetAttrBySetAttr", "0", "lambda x: x", "setattr(C(), 'a', 1)", "too deep",
     "class C:\n    def __setattr__(self, n, v): setattr(self, n, v)", 1},
    {"CallByCall", "0", "lambda x: x", "C()()", "too deep", "class C:\n    def __call__(self): return self()", 1},
    {"InitByClass", "0", "lambda x: x", "C()", "too deep", "class C:\n    def __init__(self): C()", 1},
    {"NewByClass", "0", "lambda x: x", "C()", "too deep", "class C:\n    def __new__(cls): return C()", 1},

    // ---- iterators ----
    {"Maps", "iter([1])", "lambda x: map(None or (lambda a: a), x)", "next(deep)"},
    {"Filters", "iter([1])", "lambda x: filter(None, x)", "next(deep)"},
    {"Zips", "iter([1])", "lambda x: zip(x)", "next(deep)"},
    {"Enumerates", "iter([1])", "lambda x: enumerate(x)", "next(deep)"},
    {"ForOverEnumerates", "iter([1])", "lambda x: enumerate(x)", "[0 for _ in deep]"},
    {"InMaps", "iter([1])", "lambda x: map(lambda a: a, x)", "2 in deep"},
    {"SumOfFilters", "iter([1])", "lambda x: filter(None, x)", "sum(deep)"},
    {"CallableIterators", "iter([1])", "lambda x: iter(x.__next__, 5)", "next(deep)"},
    {"GeneratorExpressions", "iter([1])", "lambda x: (a for a in x)", "next(deep)"},
    {"Reversed", "[1]", "lambda x: reversed(S(x))", "next(deep)", kAny,
     "class S:\n    def __init__(self, x): self.x = x\n    def __len__(self): return 1\n"
     "    def __getitem__(self, i): return next(self.x)\n"},
    {"GetItems", "[1]", "lambda x: S(x)", "deep[0]", "too deep",
     "class S:\n    def __init__(self, x): self.x = x\n    def __getitem__(self, i): return self.x[i]\n"},
    {"YieldFrom", "iter([1])", "gen", "next(deep)", "too deep", "def gen(x): yield from x"},
    {"YieldFromSend", "iter([1])", "gen", "deep.send(None)", "too deep", "def gen(x): yield from x"},
    {"YieldFromThrow", "iter([1])", "gen", "deep.throw(ValueError('thrown'))", "thrown", "def gen(x): yield from x"},
    {"YieldFromClose", "iter([1])", "gen", "deep.close()", "None", "def gen(x): yield from x"},
    {"YieldFromBuiltInside", "iter([1])", "started", "next(deep)", "too deep",
     "def gen(x):\n    yield 0\n    yield from x\ndef started(x):\n    g = gen(x)\n    next(g)\n    return g"},
    {"YieldFromClosedInside", "iter([1])", "started", "deep.close()", kAny,
     "def gen(x):\n    try: yield 0\n    finally: x.close() if hasattr(x, 'close') else 0\n"
     "def started(x):\n    g = gen(x)\n    next(g)\n    return g",
     1000},
    {"Collected", "[]", "lambda x: [x]", "gc.collect()", kAny, "import gc", 200000},
    {"CollectedTuples", "()", "lambda x: (x, x)", "gc.collect()", kAny, "import gc", 200000},
    {"CollectedGenerators", "iter([1])", "gen", "gc.collect()", kAny, "import gc\ndef gen(x): yield from x"},
    {"Copied", "[]", "lambda x: [x]", "len(deep[:] + deep.copy() + list(deep))", "3"},
    {"Flattened", "[]", "lambda x: [x, 1]", "sum(deep, start=[])", kAny},
    {"Joined", "[]", "lambda x: [x]", "','.join(deep)", kAny},

    // ---- text that nests ----
    {"FieldsInFormats", "''", "lambda x: '{:' + x + '}'", "deep.format(*[''] * 9999)", "too deep", "", 5000},
    {"ParenthesesInPatterns", "'a'", "lambda x: '(' + x + ')'", "re.compile(deep)", kAny, "import re", 5000},
    {"GroupsInPatterns", "'a'", "lambda x: '(?:' + x + ')*'", "re.compile(deep)", kAny, "import re", 5000},
    {"EvalByEval", "0", "lambda x: x", "own()", "too deep", "def own(): return eval('own()')", 1},
    {"ExecByExec", "0", "lambda x: x", "own()", "too deep", "def own(): exec('own()')", 1},
    {"ImportByImport", "0", "lambda x: x", "own()", "too deep",
     "import builtins\ndef own(*a):\n    import x\nbuiltins.__import__ = own", 1},
    {"SortByKey", "[1]", "lambda x: [x]", "key(deep)", "too deep", "def key(x):\n    return sorted(x, key=key)"},
    {"MapByMap", "[1]", "lambda x: [x]", "key(deep)", "too deep", "def key(x):\n    return list(map(key, x))"},
    {"MaximumByKey", "[1]", "lambda x: [x]", "key(deep)", "too deep", "def key(x):\n    return max(x, key=key)"},
    {"SubByFunction", "0", "lambda x: x", "sub(None)", "too deep",
     "import re\ndef sub(m): return re.sub('a', sub, 'a')", 1},

    // ---- streams ----
    {"Writers", "io.BytesIO()", "lambda x: io.BufferedWriter(x, 1)", "deep.write(b'abc')", kAny, "import io"},
    {"WritersFlush", "io.BytesIO()", "lambda x: io.BufferedWriter(x, 1)", "deep.flush()", kAny, "import io"},
    {"WritersClose", "io.BytesIO()", "lambda x: io.BufferedWriter(x, 1)", "deep.close()", kAny, "import io"},
    {"StreamsInPython", "io.BytesIO(b'abc')", "lambda x: R(x)", "deep.read(1)", kAny,
     "import io\nclass R(io.IOBase):\n    def __init__(self, x): self.x = x\n"
     "    def readinto(self, b): return self.x.readinto(b)\n    def ioctl(self, r, a): return self.x.ioctl(r, a)"},
    {"MemoryViews", "bytearray(4)", "memoryview", "deep[0]", "0"},

    // ---- tasks ----
    {"Coroutines", "asyncio.sleep(0)", "outer", "asyncio.run(deep)", "too deep",
     "import asyncio\nasync def outer(x): return await x"},
    {"Tasks", "one()", "outer", "asyncio.run(wait(deep))", "1",
     "import asyncio\nasync def one(): return 1\nasync def outer(x): return await asyncio.create_task(x)\n"
     "async def wait(x): return await x",
     10000},
    {"CancelledTasks", "asyncio.sleep(9)", "outer", "asyncio.run(cancel(deep))", "cancelled",
     "import asyncio\nasync def outer(x): await asyncio.create_task(x)\n"
     "async def cancel(x):\n    t = asyncio.create_task(x)\n    for _ in range(9): await asyncio.sleep(0)\n    "
     "t.cancel()\n"
     "    try: await t\n    except asyncio.CancelledError: return 'cancelled'\n",
     10000},
    {"Gathers", "one()", "lambda x: asyncio.gather(x)", "asyncio.run(wait(deep))", kAny,
     "import asyncio\nasync def one(): return 1\nasync def wait(x): return await x", 2000},
    {"WaitFors", "one()", "lambda x: asyncio.wait_for(x, 9)", "asyncio.run(wait(deep))", kAny,
     "import asyncio\nasync def one(): return 1\nasync def wait(x): return await x", 2000},
};

/// What a script prints, which runs to its end and leaves its instance in order.
std::string output_of(const std::string& source, const upy::Config& config) {
  ScriptHost host(config);
  const upy::Outcome outcome = host.run(source);
  EXPECT_EQ(outcome.kind, upy::Outcome::Kind::Finished) << outcome.traceback;
  std::string output = host.take_output();
  EXPECT_EQ(host.run("print('still here')").kind, upy::Outcome::Kind::Finished);
  EXPECT_EQ(host.take_output(), "still here\n");
  return output;
}

class NestingTest : public testing::TestWithParam<Nesting> {};

TEST_P(NestingTest, EndsInAnErrorAtMost) {
  const Nesting& nesting = GetParam();
  const std::string source = std::string(nesting.before) + "\nmake = " + nesting.make + "\ndeep = " + nesting.first +
                             "\nfor _ in range(" + std::to_string(nesting.depth) +
                             "):\n    deep = make(deep)\n"
                             "try:\n    result = str(" +
                             nesting.operation +
                             ")\n"
                             "except Exception as e:\n"
                             "    result = 'too deep' if 'maximum recursion' in str(e) else str(e)\n"
                             "print(result)\n";
  upy::Config config;
  config.heap_bytes = 128u << 20;
  const std::string output = output_of(source, config);
  if (nesting.expected) {
    EXPECT_EQ(output, std::string(nesting.expected) + "\n");
  }
}

INSTANTIATE_TEST_SUITE_P(All, NestingTest, testing::ValuesIn(kNestings),
                         [](const auto& info) { return std::string(info.param.name); });

/// What needs much of the native stack without checking it must find its room below the limit: done in a function that
/// is called where the next call would be too deep.
constexpr const char* kActions[] = {
    "compile('(' * 190 + ')' * 190, '', 'eval')",
    "compile('[' * 190 + ']' * 190, '', 'eval')",
    "compile('-' * 190 + '1', '', 'eval')",
    "compile('not ' * 190 + '1', '', 'eval')",
    "compile('lambda:' * 190 + '1', '', 'eval')",
    "compile('a(' * 190 + ')' * 190, '', 'eval')",
    "compile('a[' * 190 + '1' + ']' * 190, '', 'eval')",
    "compile('a' + '.b' * 490, '', 'eval')",
    "compile('a' + '()' * 490, '', 'eval')",
    "compile('1 if a else ' * 190 + '1', '', 'eval')",
    "compile('{1:' * 190 + '1' + '}' * 190, '', 'eval')",
    "compile('[a for a in ' * 190 + 'b' + ']' * 190, '', 'eval')",
    "compile('a = ' * 5000 + '1', '', 'exec')",
    "compile('if a: pass\\n' + 'elif a: pass\\n' * 5000, '', 'exec')",
    "compile(''.join(' ' * i + 'if a:\\n' for i in range(190)) + ' ' * 190 + 'pass', '', 'exec')",
    "compile(''.join(' ' * i + 'def f():\\n' for i in range(190)) + ' ' * 190 + 'pass', '', 'exec')",
    "compile(''.join(' ' * i + 'class C:\\n' for i in range(190)) + ' ' * 190 + 'pass', '', 'exec')",
    "compile(''.join(' ' * i + 'try:\\n' for i in range(190)) + ' ' * 190 + 'pass', '', 'exec')",
    "compile('with ' + 'a, ' * 190 + 'a: pass', '', 'exec')",
    "compile('f\"{' * 90 + 'a' + '}\"' * 90, '', 'eval')",
    "eval('1')",
    "json.loads('[' * 1000)",
    "re.match('(a|b)*(c{1,9})[d-z]+', 'abcde')",
    "re.sub('(a)(b)', '\\\\2', 'ab' * 99)",
    "print('%r %e %.40f' % (1e300, 1.5, 2 / 3))",
    "'{:>{}.{}f}'.format(1e300, 20, 5)",
    "str(10 ** 5000)",
    "pow(10 ** 300, 10 ** 300, 10 ** 301 + 1)",
    "int('9' * 5000)",
    "sorted(range(9999, 0, -1))",
    "gc.collect()",
    "micropython.mem_info(1)",
    "sys.print_exception(ValueError(((((1,),),),)))",
    "hashlib.sha256(b'a' * 9999).digest()",
    "struct.pack('<200I', *range(200))",
    "time.localtime()",
    "os.listdir('/')",
    "open('/dev/null').read()",
    "dir(sys)",
    "help(sys)",
    "undefined",
    "asyncio.run(asyncio.sleep(0))",
    "bytearray(9999).decode()",
    "type('C', (), {})()",
};

class LimitTest : public testing::TestWithParam<const char*> {};

TEST_P(LimitTest, HasRoomAtTheLimit) {
  const std::string source =
      "import asyncio, gc, hashlib, json, micropython, os, re, struct, sys, time\n"
      "depth = 0\n"
      "def action():\n"
      "    return " +
      std::string(GetParam()) +
      "\n"
      "def down(x):\n"
      "    global depth\n"
      "    depth += 1\n"
      "    mine = depth\n"
      "    try: [x].sort(key=down)\n"
      "    except RuntimeError:\n"
      "        if depth - mine < 3:\n"
      "            try: action()\n"
      "            except Exception: pass\n"
      "        raise\n"
      "try: down(1)\n"
      "except RuntimeError as e: print('at the limit', e)\n";
  upy::Config config;
  config.frame_bytes = 4u << 20;  // the native stack is the first to be used up
  EXPECT_TRUE(output_of(source, config).ends_with("at the limit maximum recursion depth exceeded\n"));
}

INSTANTIATE_TEST_SUITE_P(All, LimitTest, testing::ValuesIn(kActions));

}  // namespace
