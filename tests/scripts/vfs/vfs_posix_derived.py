import os, sys, vfs


class Upper(vfs.VfsPosix):
    def open(self, path, mode):
        return super().open(path.lower(), mode)

    def stat(self, path):
        return super().stat(path.lower())


scratch = os.getenv("SCRATCH", "/scratch")
fs = Upper(scratch)
vfs.mount(fs, "/upper")
with open("/upper/FILE", "w") as f:
    f.write("text")
print(os.listdir("/upper"), open("/upper/FiLe").read())  # expect: ['file'] text
with open("/upper/module.py", "w") as f:
    f.write("print(__name__)")
sys.path.append("/upper")
import MODULE  # expect: MODULE
sys.path.pop()
del sys.modules["MODULE"]
vfs.umount(fs)
