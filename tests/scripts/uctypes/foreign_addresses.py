# What a script reaches by address is the memory of its own objects, within their bounds.
import uctypes, machine, gc
from array import array

def attempt(what):
    try:
        print(what())
    except (ValueError, TypeError) as e:
        print(type(e).__name__)

fields = {"a": uctypes.UINT32 | 0, "b": uctypes.UINT8 | 4, "bytes": (uctypes.ARRAY | 0, uctypes.UINT8 | 4), "bits": uctypes.BFUINT16 | 0 | 4 << uctypes.BF_LEN,
          "next": (uctypes.PTR | 0, uctypes.UINT8)}
data = bytearray(range(100))
for address in (0, 1, 4096, 0x7fff_0000_0000, (1 << 64) - 1, -1, id(data), id(gc), id([1, 2]), id({}), id("text"), uctypes.addressof(data) - 16):
    view = uctypes.struct(address, fields)
    for name in ("a", "b", "bytes", "bits", "next"):
        try:
            print(name, getattr(view, name)[0] if name == "next" else getattr(view, name))
        except ValueError:
            pass
        else:
            print("reached", address - id(data))
    try:
        view.a = 1
        print("written")
    except ValueError:
        pass
    try:
        memoryview(view)
        print("shown")
    except TypeError:
        pass
print(uctypes.struct(0, fields), uctypes.struct(-1, fields))
# expect: <struct STRUCT 0> <struct STRUCT ffffffffffffffff>

here = uctypes.addressof(data)
print(uctypes.bytes_at(here + 10, 3), uctypes.bytes_at(here, 0), uctypes.bytes_at(0, 0))
# expect: b'\n\x0b\x0c' b'' b''
attempt(lambda: uctypes.bytes_at(here, -1))  # expect: ValueError
attempt(lambda: uctypes.bytes_at(here, 1 << 40))  # expect: ValueError
attempt(lambda: uctypes.bytearray_at(0, 1))  # expect: ValueError
attempt(lambda: uctypes.bytearray_at(here - 1, 2))  # expect: ValueError
try:
    uctypes.bytes_at(4096, 8)
except ValueError as e:
    print(e)
# expect: no 8 bytes at address 4096: only the memory of own objects has addresses, those that uctypes.addressof() tells

# What can't be changed can be read only.
fixed = b"0123456789" * 3
view = uctypes.struct(uctypes.addressof(fixed), fields)
print(hex(view.a), view.bytes, chr(view.b), bytes(view)[:5], uctypes.bytes_at(uctypes.addressof(fixed) + 3, 4))
# expect: 0x33323130 b'0123' 4 b'01234' b'3456'
def write(): view.a = 1
attempt(write)  # expect: ValueError
def write(): memoryview(view)[0] = 1
attempt(write)  # expect: TypeError
attempt(lambda: uctypes.bytearray_at(uctypes.addressof(fixed), 4))  # expect: ValueError
attempt(lambda: uctypes.bytes_at(uctypes.addressof(fixed), 31))  # expect: ValueError
print(fixed[:10])  # expect: b'0123456789'

# Pointers into the heap's own structures
trap = bytearray(8)
pointer = uctypes.struct(uctypes.addressof(trap), {"p": (uctypes.PTR, uctypes.UINT64), "raw": uctypes.UINT64})
for thing in ([1, 2, 3], {1: 2}, {3, 4}, "text" * 9, 1 << 90, lambda: 1, attempt, gc, Exception(), array("O", [1]), memoryview(data), (1, 2), 2.5, set):
    for distance in (0, 8, 16, 24, 32, 40, 48):
        pointer.raw = id(thing) + distance
        try:
            pointer.p[0] = 0x4141414141414141
            print("written", thing)
        except ValueError:
            pass
gc.collect()

# machine.mem8 and its like reach no more.
print(machine.mem8, machine.mem16, machine.mem32)  # expect: <8-bit memory> <16-bit memory> <32-bit memory>
print(machine.mem8[here + 3], hex(machine.mem16[here + 4]), hex(machine.mem32[here + 8]))  # expect: 3 0x504 0xb0a0908
machine.mem32[here] = 0x11223344
machine.mem16[here + 4] = -1
machine.mem8[here + 6] = 0x155
print(data[:8].hex())  # expect: 44332211ffff5507
attempt(lambda: machine.mem32[here + 2])  # expect: ValueError
attempt(lambda: machine.mem32[0x4000_0000])  # expect: ValueError
def write(): machine.mem32[0x4000_0000] = 1
attempt(write)  # expect: ValueError
def remove(): del machine.mem8[here]
attempt(remove)  # expect: TypeError
attempt(lambda: machine.mem8["a"])  # expect: TypeError
attempt(lambda: machine.mem8[0:1])  # expect: TypeError
