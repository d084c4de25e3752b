import vfs


class Any:
    def mount(self, readonly, mkfs):
        print("asked")

    def umount(self):
        raise ValueError("does not like it")


class Refusing:
    def mount(self, readonly, mkfs):
        raise OSError(19)


def attempt(call):
    try:
        call()
    except (OSError, TypeError, ValueError) as e:
        print(type(e).__name__, e)


vfs.mount(Any(), "/any")  # expect: asked
attempt(lambda: vfs.mount(Any(), "/any"))
# expect: asked
# expect: OSError [Errno 1] EPERM
attempt(lambda: vfs.mount(Any(), "/any/below"))
# expect: asked
# expect: OSError [Errno 1] EPERM
attempt(lambda: vfs.mount(Refusing(), "/refusing"))  # expect: OSError [Errno 19] ENODEV
attempt(lambda: vfs.mount(object(), "/no"))  # expect: OSError [Errno 19] ENODEV
attempt(lambda: vfs.mount(Any(), "relative"))  # expect: OSError [Errno 22] EINVAL
attempt(lambda: vfs.mount(Any(), ""))  # expect: OSError [Errno 22] EINVAL
attempt(lambda: vfs.mount(Any(), "/a\0b"))  # expect: ValueError a path can't hold a null byte
attempt(lambda: vfs.mount(Any(), 1))  # expect: TypeError can't convert 'int' object to str implicitly
attempt(lambda: vfs.mount(Any()))  # expect: TypeError function takes 2 positional arguments but 1 were given
attempt(lambda: vfs.mount(Any(), "/a", True))  # expect: TypeError function expected at most 2 arguments, got 3
attempt(lambda: vfs.umount("/no"))  # expect: OSError [Errno 22] EINVAL
attempt(lambda: vfs.umount(None))  # expect: OSError [Errno 22] EINVAL
# It is unmounted whatever it says.
attempt(lambda: vfs.umount("/any"))  # expect: ValueError does not like it
attempt(lambda: vfs.umount("/any"))  # expect: OSError [Errno 22] EINVAL
