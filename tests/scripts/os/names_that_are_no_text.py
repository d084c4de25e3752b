import os
os.chdir(os.getenv("SCRATCH", "/scratch"))
open(b"\xff", "w").close()
open("\u00e9", "w").close()
print(sorted(os.listdir(), key=str))  # expect: [b'\xff', 'é']
os.remove(b"\xff")
os.remove("é".encode())
print(os.listdir())  # expect: []
