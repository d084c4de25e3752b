import os
os.chdir(os.getenv("SCRATCH", "/scratch"))
os.mkdir("d")
open("d/f", "w").close()
for name, argument in (("stat", "no"), ("remove", "no"), ("rmdir", "no"), ("listdir", "no"), ("listdir", "d/f"),
                       ("chdir", "no"), ("mkdir", "d"), ("rmdir", "d"), ("remove", "d"), ("mkdir", "d/f/g"),
                       ("statvfs", "no")):
    try:
        getattr(os, name)(argument)
    except OSError as e:
        print(name, e)
# expect: stat [Errno 2] ENOENT
# expect: remove [Errno 2] ENOENT
# expect: rmdir [Errno 2] ENOENT
# expect: listdir [Errno 2] ENOENT
# expect: listdir [Errno 20] ENOTDIR
# expect: chdir [Errno 2] ENOENT
# expect: mkdir [Errno 17] EEXIST
# expect: rmdir [Errno 39] ENOTEMPTY
# expect: remove [Errno 21] EISDIR
# expect: mkdir [Errno 20] ENOTDIR
# expect: statvfs [Errno 2] ENOENT
