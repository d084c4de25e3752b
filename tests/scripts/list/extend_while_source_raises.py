def source():
    yield 1
    yield 2
    raise ValueError("end")

l = [0]
try:
    l.extend(source())
except ValueError as e:
    print(e, l)  # expect: end [0, 1, 2]
