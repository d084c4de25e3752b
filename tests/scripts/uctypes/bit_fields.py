import uctypes

def bits(base, offset, position, length):
    return base | offset | position << uctypes.BF_POS | length << uctypes.BF_LEN

fields = {"low": bits(uctypes.BFUINT8, 0, 0, 3), "high": bits(uctypes.BFUINT8, 0, 3, 5), "middle": bits(uctypes.BFUINT16, 1, 4, 8),
          "top": bits(uctypes.BFUINT32, 3, 31, 1), "most": bits(uctypes.BFUINT32, 3, 0, 31), "none": bits(uctypes.BFUINT8, 0, 2, 0)}
for layout in (uctypes.LITTLE_ENDIAN, uctypes.BIG_ENDIAN, uctypes.NATIVE):
    data = bytearray(8)
    view = uctypes.struct(uctypes.addressof(data), fields, layout)
    view.low, view.high, view.middle, view.top = 5, 0x12, 0xab, 1
    print(data.hex(), view.low, view.high, hex(view.middle), view.top, view.most, view.none)
    view.low, view.high, view.middle, view.most = 255, -1, 0x1ff, 0x12345678
    print(data.hex(), view.low, view.high, hex(view.middle), view.top, hex(view.most))
# expect: 95b00a0000008000 5 18 0xab 1 0 0
# expect: fff00f7856349200 7 31 0xff 1 0x12345678
# expect: 950ab08000000000 5 18 0xab 1 0 0
# expect: ff0ff09234567800 7 31 0xff 1 0x12345678
# expect: 95b00a0000008000 5 18 0xab 1 0 0
# expect: fff00f7856349200 7 31 0xff 1 0x12345678
