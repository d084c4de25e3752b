import io, os, vfs


class Recorder:
    def __init__(self, name):
        self.name = name

    def __getattr__(self, method):
        def call(*arguments):
            print(self.name, method, *[repr(argument) for argument in arguments])
            return {"getcwd": "/below", "ilistdir": [("x", 0, 0), ("y", 0, 0, 1)], "stat": (1,) * 10, "statvfs": (2,)}.get(method)

        return call


here = os.getcwd()
vfs.mount(Recorder("one"), "/one")  # expect: one mount False False
print(open("/one"), io.open("/one/a/b", "wb"), open(b"/one/c", mode="r+"))
# expect: one open '/' 'r'
# expect: one open '/a/b' 'wb'
# expect: one open b'/c' 'r+'
# expect: None None None
print(os.listdir("/one"), list(os.ilistdir(b"/one/d")))
# expect: one ilistdir '/'
# expect: one ilistdir b'/d'
# expect: ['x', 'y'] [('x', 0, 0), ('y', 0, 0, 1)]
os.mkdir("/one/m")  # expect: one mkdir '/m'
os.rmdir("/one/m")  # expect: one rmdir '/m'
os.remove("/one/f")  # expect: one remove '/f'
os.unlink("/one/f")  # expect: one remove '/f'
os.rename("/one/f", "/one/g")  # expect: one rename '/f' '/g'
print(os.stat("/one/"), os.statvfs("/one"))
# expect: one stat '/'
# expect: one statvfs '/'
# expect: (1, 1, 1, 1, 1, 1, 1, 1, 1, 1) (2,)
os.chdir("/one/below")  # expect: one chdir '/below'
print(os.getcwd())
# expect: one getcwd
# expect: /one/below
os.mkdir("m")  # expect: one mkdir 'm'
for call in (lambda: os.mkdir("/one"), lambda: os.rename("/one/a", "/two"), lambda: os.rename("a", "/two")):
    try:
        call()
    except OSError as e:
        print(e)
# expect: [Errno 17] EEXIST
# expect: [Errno 1] EPERM
# expect: [Errno 1] EPERM
# With its file system the current directory goes, too.
vfs.umount("/one")  # expect: one umount
print(os.getcwd())  # expect: /
os.chdir(here)
