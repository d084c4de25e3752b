# Memory that was reached by address stays as long as it is used, and is shared until somebody grows.
import uctypes, gc, micropython

data = bytearray(b"0123456789")
address = uctypes.addressof(data)
shared = uctypes.bytearray_at(address + 2, 4)
shared[0] = ord("x")
data[3] = ord("y")
print(data, shared, uctypes.addressof(shared) == address + 2)
# expect: bytearray(b'01xy456789') bytearray(b'xy45') True
shared.append(33)
shared[0] = ord("z")
print(data, shared)  # expect: bytearray(b'01xy456789') bytearray(b'zy45!')
whole = uctypes.bytearray_at(address, 10)
whole += b"more" * 1000
whole[0] = ord("w")
print(data, len(whole))  # expect: bytearray(b'01xy456789') 4010
whole = uctypes.bytearray_at(address, 10)
data.extend(bytes(5000))
data[0] = ord("n")
print(whole[1:], len(data))  # expect: bytearray(b'1xy456789') 5010
part = uctypes.bytearray_at(uctypes.addressof(data) + 1, 3)
part[1:2] = b"abc"
part[:] = b""
print(part, data[:6])  # expect: bytearray(b'') bytearray(b'n1xy45')

source = bytearray(b"kept alive by its struct" * 50)
fields = {"a": (uctypes.ARRAY | 0, uctypes.UINT8 | 24), "b": (uctypes.ARRAY | 0, uctypes.INT8 | 24)}
view = uctypes.struct(uctypes.addressof(source), fields)
del source
gc.collect()
array, items = view.a, view.b
del view
gc.collect()
noise = [bytearray(1200) for i in range(50)]
print(array, chr(items[0]))  # expect: bytearray(b'kept alive by its struct') k

# A dead object has no memory.
def dead(n):
    return uctypes.addressof(bytearray(b"d" * n))
where = [dead(n) for n in (20, 200, 2000, 20000)]
where = [dead(n) for n in (20, 200, 2000, 20000)]
def use(a, b, c, d, e): return a
use(1, 2, 3, 4, 5)
gc.collect()
for address in where:
    try:
        uctypes.bytearray_at(address, 20)[0] = 1
    except ValueError:
        pass
gc.collect()
print(all(not any(each) for each in noise))  # expect: True

class Hostile:
    def __init__(self, deed): self.deed = deed
    def __int__(self):
        self.deed()
        gc.collect()
        return 7
fields = {"a": uctypes.UINT8 | 0, "b": uctypes.BFUINT8 | 0 | 4 << uctypes.BF_LEN, "c": (uctypes.ARRAY | 0, uctypes.UINT16 | 2)}
data = bytearray(64)
view = uctypes.struct(uctypes.addressof(data), fields)
def change():
    global data
    data = bytearray(64)
    fields.clear()
    fields["c"] = 5
view.a = Hostile(change)
fields["a"], fields["b"], fields["c"] = uctypes.UINT8 | 0, uctypes.BFUINT8 | 0 | 4 << uctypes.BF_LEN, (uctypes.ARRAY | 0, uctypes.UINT16 | 2)
view.b = Hostile(change)
fields["c"] = (uctypes.ARRAY | 0, uctypes.UINT16 | 2)
view.c[0] = Hostile(change)
fields["a"] = uctypes.UINT8 | 0
print(view.a, any(data))  # expect: 7 False

# Scalars of a structure need no memory.
fields = {"a": uctypes.UINT32 | 0, "b": uctypes.BFUINT8 | 4 | 4 << uctypes.BF_LEN}
view = uctypes.struct(uctypes.addressof(data), fields)
micropython.heap_lock()
view.a = view.a + 1
view.b = view.b + 3
micropython.heap_unlock()
print(view.a, view.b)  # expect: 1 3
