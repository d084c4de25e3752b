import uctypes

data = bytearray(b"0123456789abcdef")
fields = {
    "inner": (2, {"a": uctypes.UINT8 | 0, "b": (1, {"c": uctypes.UINT16 | 1})}),
    "bytes": (uctypes.ARRAY | 4, uctypes.UINT8 | 3),
    "signed": (uctypes.ARRAY | 4, uctypes.INT8 | 3),
    "words": (uctypes.ARRAY | 8, uctypes.UINT16 | 4),
    "pairs": (uctypes.ARRAY | 10, 3, {"x": uctypes.UINT8 | 0, "y": uctypes.UINT8 | 1}),
    "grid": (uctypes.ARRAY | 0, 2, (uctypes.ARRAY | 0, uctypes.UINT32 | 2)),
}
view = uctypes.struct(uctypes.addressof(data), fields, uctypes.LITTLE_ENDIAN)
print(chr(view.inner.a), hex(view.inner.b.c))  # expect: 2 0x3534
print(view.bytes, [view.signed[i] for i in range(3)], [hex(view.words[i]) for i in range(4)])
# expect: bytearray(b'456') [52, 53, 54] ['0x3938', '0x6261', '0x6463', '0x6665']
print([(chr(pair.x), chr(pair.y)) for pair in (view.pairs[0], view.pairs[2])])  # expect: [('a', 'b'), ('e', 'f')]
view.inner.b.c = 0x4241
view.words[1] = 0x4443
view.pairs[1].y = 0x45
view.signed[2] = -1
print(data)  # expect: bytearray(b'0123AB\xff789CDcEef')
print([uctypes.sizeof(part) for part in (view, view.inner, view.bytes, view.words, view.pairs, view.grid)])
# expect: [16, 4, 3, 8, 6, 16]
print(bytes(view), bytes(view.pairs), bytes(view.inner))  # expect: b'0123AB\xff789CDcEef' b'CDcEef' b'23AB'

def attempt(what):
    try:
        print(what())
    except (TypeError, IndexError, ValueError, AttributeError) as e:
        print(type(e).__name__, e)

attempt(lambda: view.words[4])  # expect: IndexError struct index out of range
attempt(lambda: view.words[-1])  # expect: IndexError struct index out of range
attempt(lambda: view[0])  # expect: TypeError 'struct' object isn't subscriptable
attempt(lambda: view.words.x)  # expect: TypeError struct: no fields
attempt(lambda: view.nothing)  # expect: AttributeError 'struct' object has no attribute 'nothing'
attempt(lambda: view.words["0"])  # expect: TypeError can't convert str to int
attempt(lambda: setattr(view, "inner", 1))
# expect: TypeError can't assign to a struct, an array or a pointer: assign to its parts
attempt(lambda: setattr(view, "nothing", 1))  # expect: AttributeError 'struct' object has no attribute 'nothing'
attempt(lambda: delattr(view, "inner"))  # expect: AttributeError 'struct' object has no attribute 'inner'
def put(): view.pairs[0] = 1
attempt(put)  # expect: TypeError can't assign to a struct, an array or a pointer: assign to its parts
def remove(): del view.words[0]
attempt(remove)  # expect: TypeError 'struct' object doesn't support item deletion
attempt(lambda: hash(view))  # expect: TypeError unsupported type for __hash__: 'struct'
print(view.words is view.words, type(view.words), isinstance(view.bytes, bytearray))
# expect: False <class 'struct'> True
