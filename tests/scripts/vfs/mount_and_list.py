import os, vfs


class Empty:
    def __init__(self, name):
        self.name = name

    def mount(self, readonly, mkfs):
        print(self.name, "mounted", readonly, mkfs)

    def umount(self):
        print(self.name, "unmounted")

    def __repr__(self):
        return self.name


a, b = Empty("a"), Empty("b")
print(vfs.mount()[-1][1], type(vfs.mount()[-1][0]))  # expect: / <class 'VfsPosix'>
vfs.mount(a, "/a")  # expect: a mounted False False
vfs.mount(b, "/b/c", readonly=True, mkfs=1)  # expect: b mounted True 1
print(vfs.mount()[:2])  # expect: [(a, '/a'), (b, '/b/c')]
print([entry for entry in os.ilistdir("/")][:2], os.listdir(b"/")[:2])
# expect: [('a', 16384, 0), ('b/c', 16384, 0)] [b'a', b'b/c']
vfs.umount("/a")  # expect: a unmounted
vfs.umount(b)  # expect: b unmounted
print(len(vfs.mount()))  # expect: 1
# The module os has them as well.
os.mount(a, "/a")  # expect: a mounted False False
os.umount("/a")  # expect: a unmounted
print(os.VfsPosix is vfs.VfsPosix)  # expect: True
