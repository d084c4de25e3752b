print(1j, -1j, 1 + 2j, 1 - 2j, -1 - 2j, 1.5 + 0.5j, 1e20 + 1e-20j, 0j)
print(complex(1, 2), complex(0, -1), complex(3), complex(), complex("1+2j"), complex("-2.5J"), complex(" 7 "))
print(complex("1e3-1e2j"), complex("inf+nanj"), complex("j"), complex("-j"), complex(1j, 2))
# expect: 1j -1j (1+2j) (1-2j) (-1-2j) (1.5+0.5j) (1e+20+1e-20j) 0j
# expect: (1+2j) -1j (3+0j) 0j (1+2j) -2.5j (7+0j)
# expect: (1000-100j) (inf+nanj) 1j -1j 3j
