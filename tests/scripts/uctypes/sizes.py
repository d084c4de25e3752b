import uctypes
from collections import OrderedDict

mixed = OrderedDict([("a", uctypes.UINT8 | 0), ("b", uctypes.UINT32 | 4), ("c", uctypes.UINT16 | 8)])
print(uctypes.sizeof(mixed), uctypes.sizeof(mixed, uctypes.NATIVE), uctypes.sizeof(mixed, uctypes.LITTLE_ENDIAN))
# expect: 12 12 10
print(uctypes.sizeof({"p": (uctypes.PTR | 3, uctypes.UINT8)}, uctypes.BIG_ENDIAN), uctypes.sizeof({}))  # expect: 11 0
print(uctypes.sizeof({"a": (uctypes.ARRAY | 0, 5, mixed)}), uctypes.sizeof({"a": (uctypes.ARRAY | 0, 5, mixed)}, uctypes.BIG_ENDIAN))
# expect: 60 50
print(uctypes.sizeof((uctypes.ARRAY | 4, uctypes.UINT16 | 3)), uctypes.sizeof((0, {"a": uctypes.INT64 | 0})), uctypes.sizeof((uctypes.PTR, mixed)))
# expect: 6 8 8
node = {"value": uctypes.UINT32 | 0}
node["next"] = (uctypes.PTR | 8, node)
print(uctypes.sizeof(node), uctypes.sizeof(bytearray(3)))  # expect: 16 3

def attempt(*args):
    try:
        print(uctypes.sizeof(*args))
    except (TypeError, ValueError, RuntimeError) as e:
        print(type(e).__name__)

for wrong in ([], (), ("a",), (0,), (uctypes.PTR * 3, 0), (uctypes.ARRAY, 1, {}, 1), (0, 5), (uctypes.PTR, "a"), (uctypes.ARRAY, 2.5), {"a": []},
              {"a": 1 << 40}, {"a": "b"}, {"a": (uctypes.ARRAY, uctypes.BFUINT8 | 2)}, 7, None, b""):
    attempt(wrong)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: 8
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
attempt(mixed, 3)  # expect: ValueError
attempt(uctypes.struct(0, mixed), uctypes.NATIVE)  # expect: TypeError

# As large as it may be, and endless ones
huge = (uctypes.ARRAY, uctypes.UINT64 | 0x7ffffff)
print(uctypes.sizeof(huge))  # expect: 1073741816
attempt((uctypes.ARRAY, 0x7ffffff, huge))  # expect: ValueError
endless = {}
endless["again"] = (0, endless)
attempt(endless)  # expect: RuntimeError
try:
    uctypes.struct(0, endless)
except RuntimeError:
    print("endless")
# expect: endless
