import os, sys, vfs

scratch = os.getenv("SCRATCH", "/scratch")
here = os.getcwd()
os.mkdir(scratch + "/inner")
vfs.mount(vfs.VfsPosix(scratch + "/inner"), "/mnt")
with open("/mnt/in_mnt.py", "w") as f:
    f.write("print('hello from', __name__)")
os.mkdir("/mnt/d")
os.chdir("/mnt/d")
print(os.getcwd(), os.listdir(), sorted(os.listdir("..")))  # expect: /mnt/d [] ['d', 'in_mnt.py']
os.chdir("..")
print(os.getcwd(), os.stat("in_mnt.py")[6])  # expect: /mnt 29
os.chdir("/")
print(os.getcwd(), os.listdir()[0], sorted(os.listdir("mnt")))  # expect: / mnt ['d', 'in_mnt.py']
sys.path.append("/mnt")
import in_mnt  # expect: hello from in_mnt
sys.path.pop()
os.chdir("/mnt/d")
execfile("../in_mnt.py")  # expect: hello from __main__
vfs.umount("/mnt")
print(os.getcwd())  # expect: /
os.chdir(here)
del sys.modules["in_mnt"]
