a, b = 1 + 2j, 3 - 4j
print(a + b, a - b, a * b, b / a, a ** 2 == a * a or abs(a ** 2 - a * a) < 1e-12)
print(a + 1, 1 + a, a * 2.0, 2.0 * a, a - True, a / 2, 6 / (1 + 1j))
print(-a, +a, abs(3 + 4j), a.real, a.imag, bool(0j), bool(1j))
print(a == 1 + 2j, a != b, 1 + 0j == 1, 1 == 1 + 0j, 1.5 == 1.5 + 0j, a == "x")
print(hash(2 + 0j) == hash(2), {2: "two"}[2 + 0j])
print((1 << 70) + 1j)
# expect: (4-2j) (-2+6j) (11+2j) (-1-2j) True
# expect: (2+2j) (2+2j) (2+4j) (2+4j) 2j (0.5+1j) (3-3j)
# expect: (-1-2j) (1+2j) 5.0 1.0 2.0 False True
# expect: True True True True True False
# expect: True two
# expect: (1.1805916207174113e+21+1j)
