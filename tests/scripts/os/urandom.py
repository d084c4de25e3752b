import os
print(os.urandom(0), len(os.urandom(1000)), type(os.urandom(4)))  # expect: b'' 1000 <class 'bytes'>
print(os.urandom(16) != os.urandom(16))  # expect: True
try:
    os.urandom(-1)
except ValueError as e:
    print(e)  # expect: size can't be negative
try:
    os.urandom(1 << 60)
except MemoryError:
    print("too many")  # expect: too many
