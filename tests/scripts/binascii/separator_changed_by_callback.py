# A callback that runs while many bytes are written can't change what stands between them.
import binascii, micropython


def change(_):
    separator[0] = 0xFF


data = bytes(10000)
separator = bytearray(b":")
micropython.schedule(change, None)
text = binascii.hexlify(data, separator)
print(text[:5], text.count(b":"), separator)  # expect: b'00:00' 9999 bytearray(b'\xff')
separator = bytearray(b":")
micropython.schedule(change, None)
print(data.hex(separator).count(":"))  # expect: 9999
