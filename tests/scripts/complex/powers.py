z = (-1) ** 0.5
print("%.5f %.5f" % (z.real, z.imag))
z = (1 + 1j) ** (0.5 - 1j)
print("%.5f %.5f" % (z.real, z.imag))
print(0j ** 0, 0j ** 2)
# expect: 0.00000 1.00000
# expect: 2.60549 0.12026
# expect: (1+0j) 0j
