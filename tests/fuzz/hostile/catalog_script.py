# Runs in the interpreter: prints each module that there is and what it has, and each type and what its objects have.
import sys

seen = []


def tell_type(path, kind):
    if any(kind is other for other in seen):
        return
    seen.append(kind)
    print("type", path, *dir(kind), sep="\t")


def tell_module(name, module):
    print("module", name, *dir(module), sep="\t")
    for attribute in dir(module):
        value = getattr(module, attribute)
        if isinstance(value, type):
            tell_type(name + "." + attribute, value)


async def coroutine():
    pass


def generator():
    yield


for name in NAMES:
    try:
        module = __import__(name)
        for part in name.split(".")[1:]:
            module = getattr(module, part)
    except Exception:
        continue
    tell_module(name, module)
    globals()[name.split(".")[0]] = sys.modules.get(name.split(".")[0], module)

# Types that have no name, by an object of each.
for value in ["None", "(lambda:0)", "generator()", "coroutine()", "len", "[].append", "list.append", "iter([])", "iter({})",
              "iter(set())", "iter('')", "{}.keys()", "{}.items()", "{}.values()", "sys", "...", "re.compile('a')",
              "re.match('a','a')", "select.poll()", "open('f','w')", "open('f','rb')", "os.ilistdir()", "sys.stdin",
              "micropython.RingIO(4)", "sys.implementation", "compile('1','','eval')", "(lambda:0).__code__",
              "reversed([])", "collections.namedtuple('P','x')", "machine.Pin('1').irq()", "asyncio.get_event_loop()",
              "asyncio.wait_for(coroutine(),1)", "asyncio.sleep_ms(1)", "asyncio.gather()", "asyncio.Event().wait()",
              "asyncio.Lock().acquire()", "super(list,[])", "NotImplemented", "property()", "slice(1)", "iter(range(3))"]:
    try:
        kind = type(eval(value))
    except Exception:
        continue
    tell_type("type(" + value + ")", kind)
