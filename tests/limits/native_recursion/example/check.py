"""Looks for recursion in example.cpp: all that is `found_…` there must be found, and nothing else.

    python3 check.py EXECUTABLE
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from calls import CallGraph
from graph import recursive

graph = CallGraph(sys.argv[1], Path(__file__).parent)
found = {graph.short_name(address) for component in recursive(graph.unchecked) for address in component}
expected = {name for name in map(graph.short_name, graph.functions) if name.startswith("found_")}
expected |= {"write"}  # of Outer
for name in sorted(found ^ expected):
    print(f"{name} was {'found' if name in found else 'not found'}")
sys.exit(found != expected or not expected)
