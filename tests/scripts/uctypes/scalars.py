import uctypes

TYPES = ("UINT8", "INT8", "UINT16", "INT16", "UINT32", "INT32", "UINT64", "INT64")
data = bytearray(16)
address = uctypes.addressof(data)

for layout in (uctypes.LITTLE_ENDIAN, uctypes.BIG_ENDIAN, uctypes.NATIVE):
    for name in TYPES:
        code = getattr(uctypes, name)
        view = uctypes.struct(address, {"a": code | 0, "b": code | 8}, layout)
        data[:] = bytes(range(1, 17))
        data[8:] = b"\xff" * 8
        print(name, hex(view.a), view.b)
        view.a = -2
        view.b = 0x1122334455667788
        print(data.hex())
# expect: UINT8 0x1 255
# expect: fe0203040506070888ffffffffffffff
# expect: INT8 0x1 -1
# expect: fe0203040506070888ffffffffffffff
# expect: UINT16 0x201 65535
# expect: feff0304050607088877ffffffffffff
# expect: INT16 0x201 -1
# expect: feff0304050607088877ffffffffffff
# expect: UINT32 0x4030201 4294967295
# expect: feffffff0506070888776655ffffffff
# expect: INT32 0x4030201 -1
# expect: feffffff0506070888776655ffffffff
# expect: UINT64 0x807060504030201 18446744073709551615
# expect: feffffffffffffff8877665544332211
# expect: INT64 0x807060504030201 -1
# expect: feffffffffffffff8877665544332211
# expect: UINT8 0x1 255
# expect: fe0203040506070888ffffffffffffff
# expect: INT8 0x1 -1
# expect: fe0203040506070888ffffffffffffff
# expect: UINT16 0x102 65535
# expect: fffe0304050607087788ffffffffffff
# expect: INT16 0x102 -1
# expect: fffe0304050607087788ffffffffffff
# expect: UINT32 0x1020304 4294967295
# expect: fffffffe0506070855667788ffffffff
# expect: INT32 0x1020304 -1
# expect: fffffffe0506070855667788ffffffff
# expect: UINT64 0x102030405060708 18446744073709551615
# expect: fffffffffffffffe1122334455667788
# expect: INT64 0x102030405060708 -1
# expect: fffffffffffffffe1122334455667788
# expect: UINT8 0x1 255
# expect: fe0203040506070888ffffffffffffff
# expect: INT8 0x1 -1
# expect: fe0203040506070888ffffffffffffff
# expect: UINT16 0x201 65535
# expect: feff0304050607088877ffffffffffff
# expect: INT16 0x201 -1
# expect: feff0304050607088877ffffffffffff
# expect: UINT32 0x4030201 4294967295
# expect: feffffff0506070888776655ffffffff
# expect: INT32 0x4030201 -1
# expect: feffffff0506070888776655ffffffff
# expect: UINT64 0x807060504030201 18446744073709551615
# expect: feffffffffffffff8877665544332211
# expect: INT64 0x807060504030201 -1
# expect: feffffffffffffff8877665544332211

floats = {"single": uctypes.FLOAT32 | 0, "double": uctypes.FLOAT64 | 4}
for layout in (uctypes.LITTLE_ENDIAN, uctypes.BIG_ENDIAN):
    view = uctypes.struct(address, floats, layout)
    view.single, view.double = 1.5, -2.25
    print(data.hex(), view.single, view.double, uctypes.sizeof(view))
# expect: 0000c03f00000000000002c044332211 1.5 -2.25 12
# expect: 3fc00000c00200000000000044332211 1.5 -2.25 12
print(uctypes.SHORT == uctypes.INT16, uctypes.UINT == uctypes.UINT32, uctypes.LONGLONG == uctypes.INT64, uctypes.VOID == uctypes.UINT8)
# expect: True True True True
