import sys
print(sys.byteorder, sys.maxsize == (1 << 63) - 1, sys.version_info[:2], sys.implementation.name, sys.implementation[0])
print(type(sys.path), type(sys.argv), type(sys.modules), type(sys.platform), type(sys.version))
print(sys.implementation.version[:2], hasattr(sys.implementation, "_machine"), hasattr(sys, "executable"))
before = sys.argv
sys.argv = ["own"]
print(sys.argv)
sys.argv = before
try:
    sys.unknown
except AttributeError as e:
    print(e)
try:
    sys.platform = "other"
except AttributeError:
    print("fixed")
# expect: little True (3, 4) micropython micropython
# expect: <class 'list'> <class 'list'> <class 'dict'> <class 'str'> <class 'str'>
# expect: (1, 29) True True
# expect: ['own']
# expect: module 'sys' has no attribute 'unknown'
# expect: fixed
