words = ["pear", "Fig", "apple", "kiwi", "fig"]
print(sorted(words), sorted(words, key=lambda w: w.lower()), sorted(words, key=len), sorted(words, key=len, reverse=True))
# expect: ['Fig', 'apple', 'fig', 'kiwi', 'pear'] ['apple', 'Fig', 'fig', 'kiwi', 'pear'] ['Fig', 'fig', 'pear', 'kiwi', 'apple'] ['apple', 'pear', 'kiwi', 'Fig', 'fig']
print(sorted({"b": 1, "a": 2}), sorted("hello"), sorted((3, 1, 2), reverse=True), sorted([(2, "a"), (1, "b"), (2, "A")]))
# expect: ['a', 'b'] ['e', 'h', 'l', 'l', 'o'] [3, 2, 1] [(1, 'b'), (2, 'A'), (2, 'a')]
print(sorted([3, -1, 2], key=abs), sorted([True, 0, 2.5, -1]), sorted(range(5), key=lambda x: (x % 2, -x)), sorted([], key=None))
# expect: [-1, 2, 3] [-1, 0, True, 2.5] [4, 2, 0, 3, 1] []
l = [3, 1, 2]
print(l.sort(), l, l.sort(reverse=True), l, l.sort(key=lambda x: x % 3), l)
# expect: None [3, 1, 2] None [3, 1, 2] None [3, 1, 2]
for bad in ([1, "a"], [None, None], [1j, 2j], [[], {}]):
    try:
        sorted(bad)
    except TypeError:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
try:
    sorted([1, 2], key=lambda x: 1 / (x - 1))
except ZeroDivisionError:
    print("ZeroDivisionError")
# expect: ZeroDivisionError
