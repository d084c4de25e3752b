from array import array
import gc
a = array("O", [[1], "two", None])
gc.collect()
a.append({3: 4})
print(a[0], a[1], a[3], len(a))
# expect: [1] two {3: 4} 4
a[2] = a[0]
a[0].append(5)
gc.collect()
print(a)
# expect: array('O', [[1, 5], 'two', [1, 5], {3: 4}])
for f in (lambda: memoryview(a), lambda: bytes(a), lambda: array("Q", a)):
    try:
        print(f())
    except TypeError as e:
        print(e)
# expect: object with buffer protocol required
# expect: can't convert list to int
# expect: can't convert list to int
print(array("O", b"AB"))
# expect: array('O', [65, 66])
