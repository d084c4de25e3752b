import os, vfs


class Named:
    def __init__(self, name):
        self.name = name

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def stat(self, path):
        return (self.name, path)


# A path is in the file system mounted first that it can be in; a name is no beginning of a longer one.
vfs.mount(Named("inner"), "/a/b")
vfs.mount(Named("outer"), "/a")
print(os.stat("/a/b/c"), os.stat("/a/bc"), os.stat("/a/b"), os.stat("/a"), os.stat("/a/"))
# expect: ('inner', '/c') ('outer', '/bc') ('inner', '/') ('outer', '/') ('outer', '/')
try:
    os.stat("/ab")
except OSError as e:
    print(e)  # expect: [Errno 2] ENOENT
# Another one at the root hides what was there.
vfs.mount(Named("root"), "/")
print(os.stat("/ab"), os.stat("/a/b"), len(vfs.mount()))  # expect: ('root', '/ab') ('inner', '/') 4
vfs.umount("/")
for point in ("/a", "/a/b"):
    vfs.umount(point)
print(len(vfs.mount()))  # expect: 1
