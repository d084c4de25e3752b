def digits(count):
    out = []
    i = k = ns = 0
    k1 = 1
    n, a, d, t, u = 1, 0, 1, 0, 0
    while True:
        k += 1
        t = n << 1
        n *= k
        k1 += 2
        a = (a + t) * k1
        d *= k1
        if a >= n:
            t = (n * 3 + a) // d
            u = (n * 3 + a) % d + n
            if d > u:
                out.append(str(t))
                if len(out) == count:
                    return "".join(out)
                a = (a - d * t) * 10
                n *= 10

s = digits(300)
print(s[:20], s[-20:])
# expect: 31415926535897932384 21339360726024914127
