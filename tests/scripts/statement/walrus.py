if (n := len("abc")) > 2:
    print(n)
# expect: 3
print([y := 1, y * 2, (y := 5) + y])  # expect: [1, 2, 10]
while (n := n - 1) > 0:
    print("n", n)
# expect: n 2
# expect: n 1
print([last := i for i in range(3)], last)  # expect: [0, 1, 2] 2
def f(x):
    return (z := x + 1) * z
print(f(2), any((hit := v) > 2 for v in [1, 3, 2]), hit)  # expect: 9 True 3
