import io, sys, vfs


class File(io.IOBase):
    def __init__(self, data, size):
        self.data = data
        self.size = size

    def readinto(self, buffer):
        count = min(len(buffer), len(self.data), 7)
        buffer[:count] = self.data[:count]
        self.data = self.data[count:]
        return count

    def ioctl(self, request, argument):
        print("ioctl", request)
        return self.size if request == 11 else 0


class Files:
    def __init__(self, files):
        self.files = files

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def stat(self, path):
        if path in self.files:
            return (0x8000,) + (0,) * 9
        if any(name.startswith(path + "/") for name in self.files):
            return (0x4000,) + (0,) * 9
        raise OSError(2)

    def open(self, path, mode):
        print("open", path, mode)
        return File(self.files[path], -22 if path.endswith("__.py") else 100)


files = {
    "/mod.py": b"value = 'of mod'\nprint(__name__)",
    "/pack/__init__.py": b"from . import sub",
    "/pack/sub.py": b"value = 'of sub'",
    "/wrong.py": b"1 +",
    "/code.mpy": b"M\x06",
}
vfs.mount(Files(files), "/files")
sys.path.append("/files")
import mod
# expect: open /mod.py rb
# expect: ioctl 11
# expect: ioctl 4
# expect: mod
import pack
# expect: open /pack/__init__.py rb
# expect: ioctl 11
# expect: ioctl 4
# expect: open /pack/sub.py rb
# expect: ioctl 11
# expect: ioctl 4
print(mod.value, mod.__file__, pack.sub.value)  # expect: of mod /files/mod.py of sub
try:
    import wrong
except SyntaxError:
    print("syntax")
# expect: open /wrong.py rb
# expect: ioctl 11
# expect: ioctl 4
# expect: syntax
try:
    import code
except ValueError as e:
    print(e)
# expect: open /code.mpy rb
# expect: ioctl 11
# expect: ioctl 4
# expect: incompatible .mpy file
execfile("/files/mod.py")
# expect: open /mod.py rb
# expect: ioctl 11
# expect: ioctl 4
# expect: __main__
sys.path.pop()
vfs.umount("/files")
for name in ("mod", "pack", "pack.sub"):
    del sys.modules[name]
