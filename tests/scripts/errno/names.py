import errno
print(errno.ENOENT, errno.EEXIST, errno.errorcode[2], errno.errorcode[errno.EINVAL], hasattr(errno, "ENOTHING"))
try:
    raise OSError(errno.EIO)
except OSError as e:
    print(e.errno == errno.EIO, e)
print(repr(OSError(2, "text")), OSError(2, "text").errno, OSError().errno, OSError("a").args)
# expect: 2 17 ENOENT EINVAL False
# expect: True [Errno 5] EIO
# expect: OSError(2, 'text') 2 None ('a',)
