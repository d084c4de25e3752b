import sys
print(sys.atexit(lambda: print("first")) is None)
old = sys.atexit(lambda: print("at the end"))
old()
print("script ends")
# expect: True
# expect: first
# expect: script ends
# expect: at the end
