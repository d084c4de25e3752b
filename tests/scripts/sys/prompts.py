import sys
print(repr(sys.ps1), repr(sys.ps2))  # expect: '>>> ' '... '
sys.ps1 = "? "
print(repr(sys.ps1), "ps1" in dir(sys))  # expect: '? ' True
try:
    del sys.ps2
except AttributeError as e:
    print(e)  # expect: 'module' object has no attribute 'ps2'
