def f(n):
    total = 0
    for a in range(n):
        while True:
            try:
                for b in range(n):
                    with M():
                        if b == a:
                            raise KeyError
                        for c in "xy":
                            if c == "y":
                                break
                            total += a * b
            except KeyError:
                total += 100
            else:
                total += 1000
            finally:
                total += 1
            break
    return total
class M:
    def __enter__(self):
        pass
    def __exit__(self, *args):
        pass
print(f(4))  # expect: 415
