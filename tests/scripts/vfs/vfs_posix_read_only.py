import os, vfs

scratch = os.getenv("SCRATCH", "/scratch")
with open(scratch + "/f", "w") as f:
    f.write("kept")
vfs.mount(vfs.VfsPosix(scratch), "/ro", readonly=True)
print(open("/ro/f").read(), os.listdir("/ro"), os.stat("/ro/f")[6])  # expect: kept ['f'] 4
for call in (
    lambda: open("/ro/f", "w"),
    lambda: open("/ro/f", "a"),
    lambda: open("/ro/f", "r+"),
    lambda: os.mkdir("/ro/d"),
    lambda: os.remove("/ro/f"),
    lambda: os.rename("/ro/f", "/ro/g"),
    lambda: os.rmdir("/ro/d"),
):
    try:
        call()
    except OSError as e:
        print(e)
# expect: [Errno 30] EROFS
# expect: [Errno 30] EROFS
# expect: [Errno 30] EROFS
# expect: [Errno 30] EROFS
# expect: [Errno 30] EROFS
# expect: [Errno 30] EROFS
# expect: [Errno 30] EROFS
vfs.umount("/ro")
os.remove(scratch + "/f")
