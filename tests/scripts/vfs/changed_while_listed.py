import os, vfs


class Empty:
    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass


for point in ("/a", "/b", "/c"):
    vfs.mount(Empty(), point)
entries = os.ilistdir("/")
print(next(entries)[0])  # expect: a
for point in ("/b", "/a", "/c"):
    vfs.umount(point)
print(len(vfs.mount()), len(list(entries)) > 0)  # expect: 1 True


class Leaving:
    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        print("left")

    def chdir(self, path):
        vfs.umount(self)

    def getcwd(self):
        return "/gone"


# A file system that is unmounted while it is asked.
here = os.getcwd()
vfs.mount(Leaving(), "/leaving")
os.chdir("/leaving/gone")  # expect: left
os.chdir(here)
print(os.getcwd() == here)  # expect: True
