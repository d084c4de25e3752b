def walk(tree):
    if isinstance(tree, list):
        for branch in tree:
            yield from walk(branch)
    else:
        yield tree
print(list(walk([1, [2, [3, [], 4]], [[5]], 6])))  # expect: [1, 2, 3, 4, 5, 6]
def hanoi(n, a, b, c):
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a + c
        yield from hanoi(n - 1, b, a, c)
print(" ".join(hanoi(3, "a", "b", "c")))  # expect: ac ab cb ac ba bc ac
