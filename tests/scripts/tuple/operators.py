t = (1, 2)
print(t + (3,), t * 2, 2 * t, t * -1, t + ())  # expect: (1, 2, 3) (1, 2, 1, 2) (1, 2, 1, 2) () (1, 2)
t += (3,)
t *= 2
print(t)  # expect: (1, 2, 3, 1, 2, 3)
for bad in ([3], None, 1):
    try:
        t + bad
    except TypeError:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
