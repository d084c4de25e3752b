# A dict that the runtime hands out for reading only.
import errno

codes = errno.errorcode
print(codes[errno.ENOENT], errno.EIO in codes, type(codes) is dict)  # expect: ENOENT True True
actions = (
    lambda: codes.clear(),
    lambda: codes.pop(errno.EIO),
    lambda: codes.popitem(),
    lambda: codes.setdefault(1, 2),
    lambda: codes.update({1: 2}),
    lambda: codes.__setitem__(1, 2),
    lambda: codes.__delitem__(1),
)
for action in actions:
    try:
        action()
    except TypeError:
        print("refused", end=" ")
print(codes == errno.errorcode)  # expect: refused refused refused refused refused refused refused True
own = codes.copy()
own[1] = 2
print(own[1], len(own) == len(codes))  # expect: 2 True
