import os
path = os.getenv("SCRATCH", "/scratch") + "/code.py"
with open(path, "w") as f:
    f.write("x = y + 1\nprint(x, __name__)\n")
y = 1
execfile(path)  # expect: 2 __main__
print(x)  # expect: 2
names = {"y": 10, "__name__": "mine"}
execfile(path, names)  # expect: 11 mine
print(names["x"], x)  # expect: 11 2
for name in ("/absent/file.py", 5):
    try:
        execfile(name)
    except (OSError, TypeError) as e:
        print(e)
# expect: [Errno 2] ENOENT
# expect: can't convert 'int' object to str implicitly
