import uctypes
from array import array

data = bytearray(b"abcdef")
print(uctypes.addressof(memoryview(data)[2:]) - uctypes.addressof(data))  # expect: 2
words = array("H", [1, 2, 0x1234])
print(uctypes.bytes_at(uctypes.addressof(words) + 4, 2), uctypes.addressof(bytearray()))  # expect: b'4\x12' 0
print(uctypes.addressof(uctypes.struct(uctypes.addressof(data) + 1, {"a": uctypes.UINT8 | 0})) - uctypes.addressof(data))
# expect: 1
print(uctypes.struct(0, {"a": 0}), uctypes.struct(255, (uctypes.ARRAY, uctypes.UINT8 | 1)), uctypes.struct(16, (uctypes.PTR, uctypes.UINT8)), uctypes.struct(0, []))
# expect: <struct STRUCT 0> <struct ARRAY ff> <struct PTR 10> <struct ERROR 0>
for wrong in (lambda: uctypes.struct(data, {}), lambda: uctypes.struct("1", {}), lambda: uctypes.addressof(5), lambda: uctypes.addressof([]),
              lambda: uctypes.bytes_at(data, 1), lambda: uctypes.struct(1), lambda: uctypes.struct(0, [], 0).x):
    try:
        print(wrong())
    except TypeError as e:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
try:
    uctypes.struct(0, {}, 9)
except ValueError as e:
    print(e)
# expect: the layout must be NATIVE, LITTLE_ENDIAN or BIG_ENDIAN
