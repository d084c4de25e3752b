def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
def fib(n, memo={0: 0, 1: 1}):
    if n not in memo:
        memo[n] = fib(n - 1) + fib(n - 2)
    return memo[n]
print(fact(20), fib(60))  # expect: 2432902008176640000 1548008755920
def even(n):
    return n == 0 or odd(n - 1)
def odd(n):
    return n != 0 and even(n - 1)
print(even(50), odd(50))  # expect: True False
def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))
print(ackermann(2, 3))  # expect: 9
