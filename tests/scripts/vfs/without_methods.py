import os, vfs


class Bare:
    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass


vfs.mount(Bare(), "/bare")
for call in (lambda: open("/bare/f"), lambda: os.stat("/bare/f"), lambda: os.chdir("/bare"), lambda: execfile("/bare/f")):
    try:
        call()
    except AttributeError as e:
        print(e)
# expect: 'Bare' object has no attribute 'open'
# expect: 'Bare' object has no attribute 'stat'
# expect: 'Bare' object has no attribute 'chdir'
# expect: 'Bare' object has no attribute 'open'
vfs.umount("/bare")
