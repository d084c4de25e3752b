import os, vfs


class Upper(vfs.VfsPosix):
    def open(self, path, mode):
        return super().open(path.lower(), mode)


scratch = os.getenv("SCRATCH", "/scratch")
fs = Upper(scratch)
vfs.mount(fs, "/upper")
with open("/upper/FILE", "w") as f:
    f.write("text")
print(os.listdir("/upper"), open("/upper/FiLe").read())  # expect: ['file'] text
vfs.umount(fs)
