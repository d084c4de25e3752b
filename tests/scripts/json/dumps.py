import json
from collections import OrderedDict, namedtuple

for value in (None, True, False, 0, -5, 1 << 70, 1.0, 0.1, 1e100, "a", b"b", [], (), {}, [1, (2, [3])], OrderedDict([("z", 1), ("y", 2)])):
    print(json.dumps(value))
# expect: null
# expect: true
# expect: false
# expect: 0
# expect: -5
# expect: 1180591620717411303424
# expect: 1.0
# expect: 0.1
# expect: 1e+100
# expect: "a"
# expect: "b"
# expect: []
# expect: []
# expect: {}
# expect: [1, [2, [3]]]
# expect: {"z": 1, "y": 2}
print(json.dumps('"\\/\n\r\t\b\x00\x1fé€'), len(json.dumps("\x7f")))
# expect: "\"\\/\n\r\t\u0008\u0000\u001fé€" 3
# Keys that are no text get quotes.
print(json.dumps({1: 2, None: 3, 2.5: [4], (5, 6): 7, b"b": 8, "s": 9, True: 10}))
# expect: {"1": 10, "null": 3, "2.5": [4], "[5, 6]": 7, "b": 8, "s": 9}
# What JSON has no form for is written by its repr.
P = namedtuple("P", "x y")
print(json.dumps([float("inf"), {1}, bytearray(b"a"), range(3), P(1, "a"), 2j]))
# expect: [inf, {1}, bytearray(b'a'), range(0, 3), P(x=1, y='a'), 2j]
