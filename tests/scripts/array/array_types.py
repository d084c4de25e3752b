from array import array
for code in "bBhHiIlLqQ":
    a = array(code, [0, 1, 2, 100])
    print(a, len(a), a[3], len(bytes(a)) // 4)
# expect: array('b', [0, 1, 2, 100]) 4 100 1
# expect: array('B', [0, 1, 2, 100]) 4 100 1
# expect: array('h', [0, 1, 2, 100]) 4 100 2
# expect: array('H', [0, 1, 2, 100]) 4 100 2
# expect: array('i', [0, 1, 2, 100]) 4 100 4
# expect: array('I', [0, 1, 2, 100]) 4 100 4
# expect: array('l', [0, 1, 2, 100]) 4 100 8
# expect: array('L', [0, 1, 2, 100]) 4 100 8
# expect: array('q', [0, 1, 2, 100]) 4 100 8
# expect: array('Q', [0, 1, 2, 100]) 4 100 8
print(array("f", [1, 2.5]), array("d", [0.1]), array("b"), array("d"))
# expect: array('f', [1.0, 2.5]) array('d', [0.1]) array('b') array('d')
for code in "xX?1":
    try:
        array(code)
    except ValueError as e:
        print(e)
# expect: bad typecode
# expect: bad typecode
# expect: bad typecode
# expect: bad typecode
try:
    array(1)
except TypeError as e:
    print(e)
# expect: can't convert 'int' object to str implicitly
