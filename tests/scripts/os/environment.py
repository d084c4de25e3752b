import os
print(os.getenv("UNKNOWN"), os.getenv("UNKNOWN", 5))  # expect: None 5
os.putenv("KNOWN", "value")
print(os.getenv("KNOWN"))  # expect: value
os.putenv("KNOWN", "other")
print(os.getenv("KNOWN", 5))  # expect: other
os.unsetenv("KNOWN")
os.unsetenv("KNOWN")
print(os.getenv("KNOWN"))  # expect: None
try:
    os.putenv("NUMBER", 5)
except TypeError as e:
    print(e)  # expect: can't convert 'int' object to str implicitly
