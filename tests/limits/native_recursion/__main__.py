"""Every cycle of native calls must pass a check of the native stack.

    python3 native_recursion EXECUTABLE SOURCES...

EXECUTABLE has been compiled from SOURCES by an optimizing compiler, with lines (-g1). From its machine code this builds
the graph of all calls (program.py), with what pointers and virtual functions may lead to (pointers.py). A call counts as
checked if every way to it, from where its function begins, passes `Vm::check_stack`; other calls make up the graph
in which a cycle is recursion without end, but for what bounded.py lists. Where no cycle is, the deepest way is known,
and Config's kStackReserve must have room for it: that is what the stack's limit leaves to code that checks no more.
"""

import argparse
import re
import sys
from pathlib import Path

from bounded import BOUNDED
from calls import CallGraph
from graph import components, is_recursive, shortest_cycle

LIBRARY_BYTES = 8 * 1024  # what the deepest function of a library takes that a native calls: of RE2, and printf


def bound_of(graph, component):
    """The entry of BOUNDED that holds for the component; None if none does."""
    return next((bounded for bounded in BOUNDED
                 if all(re.search(bounded.functions, graph.name(address)) for address in component)), None)


def describe(graph, component):
    cycle = shortest_cycle(graph.unchecked, component)
    print(f"\nrecursion without a check of the stack: {len(component)} functions, the shortest cycle being")
    for caller, callee in zip(cycle, cycle[1:] + cycle[:1]):
        print(f"  {graph.name(caller)}\n    at {graph.line(caller, callee)} calls")
    print(f"  {graph.name(cycle[0])}")
    for function, (path, line) in graph.unnamed:
        if function.address in component:
            print(f"  (what {graph.name(function.address)} calls at {path}:{line} cannot be told: it counts as anything)")


def constant(sources, name):
    """The value of a constant of the sources that is written as 1u << 2; the last one, if there are several."""
    text = "".join(path.read_text() for path in sorted(Path(sources).rglob("*.h")))
    number, shift = re.findall(rf"inline constexpr size_t {name} = (\d+)u << (\d+);", text)[-1]
    return int(number) << int(shift)


def depths(graph, found, sources):
    """The bytes of the stack that each function takes at most, with all that it calls without a check, and the callee
    that takes most of them."""
    depth, deepest, counted = {}, {}, {None: frozenset()}
    for component in found:  # callees come before callers
        below, callee = max(((depth[other], other) for address in component
                             for other in graph.unchecked[address] - component), default=(LIBRARY_BYTES, None))
        own = sum(graph.functions[address].frame for address in component)
        if is_recursive(graph.unchecked, component) and (bounded := bound_of(graph, component)):
            if not bounded.bytes:
                own *= bounded.levels
            else:
                own = 0 if bounded in counted[callee] else constant(sources, bounded.bytes)
        else:
            bounded = None
        for address in component:
            depth[address], deepest[address] = own + below, callee
            counted[address] = counted[callee] | {bounded}
    return depth, deepest


def way_down(graph, address, depth, deepest):
    while address is not None:
        print(f"  {depth[address]:8} {graph.name(address)[:150]}")
        address = deepest[address]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("executable")
    parser.add_argument("sources")
    parser.add_argument("--verbose", action="store_true", help="also show the deepest ways")
    arguments = parser.parse_args()
    graph = CallGraph(arguments.executable, arguments.sources)
    found = components(graph.unchecked)
    failed = False
    used = set()
    for component in found:
        if not is_recursive(graph.unchecked, component):
            continue
        if bounded := bound_of(graph, component):
            used.add(bounded)
        else:
            describe(graph, component)
            failed = True
    for bounded in set(BOUNDED) - used:
        print(f"note: what bounded.py lists is no recursion as compiled here: {bounded.functions}")
    for function in graph.functions.values():
        if function.unbounded:
            print(f"{graph.name(function.address)} takes room on the stack of a size that only running tells")
            failed = True
    if failed:
        return 1
    depth, deepest = depths(graph, found, arguments.sources)
    # After a check at the limit, a function's own frame and all that it then calls without one must fit.
    needed = {(caller, callee): graph.functions[caller].frame + depth[callee]
              for calls in (graph.checked, graph.unchecked) for caller in calls for callee in calls[caller]}
    worst = sorted(needed, key=needed.get, reverse=True)
    reserve = constant(arguments.sources, "kStackReserve")
    print(f"the deepest way without a check takes {needed[worst[0]]} bytes; kStackReserve is {reserve}")
    for caller, callee in worst[:5 if arguments.verbose else 1]:
        print(f"{needed[caller, callee]} bytes: {graph.name(caller)[:150]}")
        way_down(graph, callee, depth, deepest)
    return needed[worst[0]] > reserve


sys.exit(main())
