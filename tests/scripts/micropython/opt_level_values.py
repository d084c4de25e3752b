# Any int is taken and given back; negative ones count as very high.
import micropython

for level in (0, 1, 2, 3, 4, 300, -1, True, 1 << 31, -(1 << 40)):
    print(micropython.opt_level(level), micropython.opt_level(), eval("__debug__"))
# expect: None 0 True
# expect: None 1 False
# expect: None 2 False
# expect: None 3 False
# expect: None 4 False
# expect: None 300 False
# expect: None -1 False
# expect: None 1 False
# expect: None 2147483648 False
# expect: None -1099511627776 False
for bad in (1 << 70, "1", 1.5, None, [1]):
    try:
        micropython.opt_level(bad)
    except Exception as e:
        print(repr(e), micropython.opt_level() == -(1 << 40))
# expect: OverflowError('overflow converting long int to machine word',) True
# expect: TypeError("can't convert str to int",) True
# expect: TypeError("can't convert float to int",) True
# expect: TypeError("can't convert NoneType to int",) True
# expect: TypeError("can't convert list to int",) True
micropython.opt_level(0)
