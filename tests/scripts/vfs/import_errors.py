import sys, vfs


class Broken:
    def __init__(self, error):
        self.error = error

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def stat(self, path):
        if path.endswith("nothing"):
            return (0x8000,) * 10
        raise self.error

    def open(self, path, mode):
        return None


# What stat() raises means that there is no such file, unless it is no Exception at all.
for error in (OSError(5), ValueError("odd"), KeyboardInterrupt()):
    vfs.mount(Broken(error), "/broken")
    sys.path.append("/broken")
    try:
        import not_there
    except BaseException as e:
        print(type(e).__name__, e)
    try:
        execfile("/broken/nothing")
    except OSError as e:
        print(e)
    sys.path.pop()
    vfs.umount("/broken")
# expect: ImportError no module named 'not_there'
# expect: stream operation not supported
# expect: ImportError no module named 'not_there'
# expect: stream operation not supported
# expect: KeyboardInterrupt 
# expect: stream operation not supported
try:
    execfile(b"file")
except TypeError as e:
    print(e)  # expect: can't convert 'bytes' object to str implicitly
