# The type S is the address of a text.
import struct, uctypes

data = bytearray("a\u00e9b\0rest".encode())
fixed = b"whole"
for source in (data, fixed, "some text"):
    packed = struct.pack("<S", uctypes.addressof(source))
    print(len(packed), struct.unpack("<S", packed), struct.calcsize("bS"))
# expect: 8 ('aéb',) 16
# expect: 8 ('whole',) 16
# expect: 8 ('some text',) 16
for address in (0, 4096, id(struct), uctypes.addressof(data) + 2):
    try:
        print(struct.unpack("<S", struct.pack("<S", address)))
    except ValueError as e:
        print(type(e).__name__)
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: UnicodeError
