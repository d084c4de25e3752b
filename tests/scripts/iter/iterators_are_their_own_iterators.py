for x in ([1], (1,), {1: 2}, {1}, range(2), "a", b"a"):
    it = iter(x)
    print(iter(it) is it, next(it) in (0, 1, "a", 97), end=" ")
    try:
        while True:
            next(it)
    except StopIteration:
        print("end")
# expect: True True end
# expect: True True end
# expect: True True end
# expect: True True end
# expect: True True end
# expect: True True end
# expect: True True end
