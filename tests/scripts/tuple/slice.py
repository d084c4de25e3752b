t = tuple(range(6))
print(t[2:4], t[:-4], t[4:2], t[-100:100] == t)  # expect: (2, 3) (0, 1) () True
try:
    t[::2]
except NotImplementedError as e:
    print(e)  # expect: only slices with step=1 (aka None) are supported
