import os
os.chdir(os.getenv("SCRATCH", "/scratch"))
os.mkdir("d")
os.mkdir("d/inner")
open("f", "w").close()
print(sorted(os.listdir()), os.listdir("d"), os.listdir("d/inner"))  # expect: ['d', 'f'] ['inner'] []
print(sorted(os.listdir(b"")))  # expect: [b'd', b'f']
print(sorted((name, hex(kind)) for name, kind, inode in os.ilistdir(".")))
# expect: [('d', '0x4000'), ('f', '0x8000')]
os.rmdir("d/inner")
os.rmdir("d")
print(os.listdir())  # expect: ['f']
