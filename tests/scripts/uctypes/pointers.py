import uctypes

text = bytearray(b"abcdefgh")
numbers = bytearray(b"\x01\x00\x02\x00\x03\x00")
memory = bytearray(24)
fields = {"chars": (uctypes.PTR | 0, uctypes.UINT8), "words": (uctypes.PTR | 8, uctypes.UINT16), "pairs": (uctypes.PTR | 16, {"x": uctypes.UINT8 | 0, "y": uctypes.UINT8 | 1}),
          "raw": uctypes.UINT64 | 0, "raw2": uctypes.UINT64 | 8, "raw3": uctypes.UINT64 | 16}
view = uctypes.struct(uctypes.addressof(memory), fields)
view.raw, view.raw2, view.raw3 = uctypes.addressof(text), uctypes.addressof(numbers), uctypes.addressof(text) + 2
print(int(view.chars) == uctypes.addressof(text), [chr(view.chars[i]) for i in (0, 3, 7)], [view.words[i] for i in range(3)])
# expect: True ['a', 'd', 'h'] [1, 2, 3]
print(chr(view.pairs[0].x), chr(view.pairs[1].y), chr(view.pairs[-1].x))  # expect: c f a
view.chars[1] = ord("B")
view.words[2] = 0x0403
view.pairs[2].y = ord("H")
print(text, numbers)  # expect: bytearray(b'aBcdefgH') bytearray(b'\x01\x00\x02\x00\x03\x04')
view.raw = uctypes.addressof(text) + 5
print(chr(view.chars[0]))  # expect: f

def attempt(what):
    try:
        print(what())
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__)

attempt(lambda: int(view))  # expect: TypeError
attempt(lambda: int(view.pairs[0]))  # expect: TypeError
attempt(lambda: view.words[1 << 62])  # expect: OverflowError
attempt(lambda: view.words[1 << 50])  # expect: ValueError
