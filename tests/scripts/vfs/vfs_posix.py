import os, vfs

scratch = os.getenv("SCRATCH", "/scratch")
here = os.getcwd()
os.chdir(scratch)
os.mkdir("inner")
fs = vfs.VfsPosix(scratch + "/inner/")
with fs.open("/f", "w") as f:
    f.write("inside")
print(fs.open("/f", "r").read(), open("inner/f").read())  # expect: inside inside
fs.mkdir("/d")
fs.rename("/f", "/d/g")
print(sorted(entry[:2] for entry in fs.ilistdir("/")), os.listdir("inner/d"))  # expect: [('d', 16384)] ['g']
print(fs.stat("/d/g")[6], len(fs.statvfs("/")))  # expect: 6 10
fs.chdir("/d")
print(fs.getcwd(), os.getcwd() == scratch + "/inner/d", fs.open("g", "r").read())  # expect: /d True inside
fs.chdir("/")
print(fs.getcwd())  # expect: /
fs.remove("/d/g")
fs.rmdir("/d")
print(list(fs.ilistdir("/")), fs)  # expect: [] <VfsPosix>
# A relative root stays what it was.
os.chdir(scratch)
relative = vfs.VfsPosix("inner")
os.chdir("inner")
relative.mkdir("/made")
print(os.listdir())  # expect: ['made']
os.chdir("..")
try:
    relative.getcwd()
except OSError as e:
    print(e)  # expect: [Errno 2] ENOENT
os.chdir(here)
for call in (lambda: vfs.VfsPosix(1), lambda: vfs.VfsPosix("a\0"), lambda: fs.open("/f", 1), lambda: vfs.VfsPosix("a", "b"), lambda: fs.mount(False, True)):
    try:
        call()
    except (TypeError, ValueError, OSError) as e:
        print(e)
# expect: can't convert 'int' object to str implicitly
# expect: a path can't hold a null byte
# expect: can't convert 'int' object to str implicitly
# expect: function expected at most 1 arguments, got 2
# expect: [Errno 1] EPERM
