import os, vfs

host = vfs.mount()[-1][0]
here = os.getcwd()
vfs.umount("/")
try:
    print(vfs.mount(), os.getcwd(), os.listdir(), os.listdir("/"), tuple(os.stat("/")), os.statvfs("/")[9])
    # expect: [] / [] [] (16384, 0, 0, 0, 0, 0, 0, 0, 0, 0) 255
    for call in (open, os.chdir, os.listdir, os.mkdir, os.remove, os.rmdir, os.stat, os.statvfs, execfile):
        try:
            call("/x")
            print(call)
        except OSError as e:
            print(e.errno, end=" ")
    # expect: 19 19 19 19 19 19 19 19 19 ENODEV
    print("ENODEV")
    for call in (open, os.mkdir, os.remove, os.rmdir):
        try:
            call("/")
            print(call)
        except OSError as e:
            print(e.errno, end=" ")
    print("EPERM, EEXIST")  # expect: 1 17 1 1 EPERM, EEXIST
    try:
        import not_to_be_found
    except ImportError as e:
        print(e)  # expect: no module named 'not_to_be_found'
    os.chdir("/")
finally:
    vfs.mount(host, "/")
    os.chdir(here)
print(os.getcwd() == here, len(os.listdir("/")) > 0)  # expect: True True
