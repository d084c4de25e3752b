import math
print([math.factorial(n) for n in range(12)])
print(math.factorial(30))
n = math.factorial(2000)
print(len(str(n)), n % 2003, str(n)[:10])
# expect: [1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800, 39916800]
# expect: 265252859812191058636308480000000
# expect: 5736 1001 3316275092
