import os
os.chdir(os.getenv("SCRATCH", "/scratch"))
for name in ("a", "b"):
    with open(name, "w") as f:
        f.write(name)
os.rename("a", "c")
print(sorted(os.listdir()))  # expect: ['b', 'c']
os.rename("c", "b")
print(os.listdir(), open("b").read())  # expect: ['b'] a
os.remove("b")
print(os.listdir(), os.unlink is os.remove)  # expect: [] True
