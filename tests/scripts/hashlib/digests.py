import hashlib
from binascii import hexlify

for algorithm in (hashlib.md5, hashlib.sha1, hashlib.sha256):
    for data in (b"", b"abc", "abc", bytearray(b"\xff" * 56)):
        print(hexlify(algorithm(data).digest()).decode())
# expect: d41d8cd98f00b204e9800998ecf8427e
# expect: 900150983cd24fb0d6963f7d28e17f72
# expect: 900150983cd24fb0d6963f7d28e17f72
# expect: 74444b7e7b01632f3277365c8ca35ec2
# expect: da39a3ee5e6b4b0d3255bfef95601890afd80709
# expect: a9993e364706816aba3e25717850c26c9cd0d89d
# expect: a9993e364706816aba3e25717850c26c9cd0d89d
# expect: 09cade8bfcfc501cb097636504dff46b39270658
# expect: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
# expect: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
# expect: ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
# expect: 528ff50ab05e77bbbd224a9ec86165dbb6824a9a9efb544be0a1d57d5b416457
for algorithm in (hashlib.md5, hashlib.sha1, hashlib.sha256):
    data = bytes(range(256)) * 50
    parts = algorithm()
    for at in range(0, len(data), 997):
        parts.update(memoryview(data)[at : at + 997])
    print(parts.digest() == algorithm(data).digest(), end=" ")
print()  # expect: True True True 
