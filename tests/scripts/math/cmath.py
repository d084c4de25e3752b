import cmath
def show(z):
    print("%.6f %.6f" % (z.real, z.imag))
for z in (1, 1j, -1, 3 - 4j, -2.5):
    show(cmath.sqrt(z))
    show(cmath.exp(z))
    show(cmath.log(z))
    show(cmath.log10(z))
    show(cmath.sin(z))
    show(cmath.cos(z))
print("%.6f" % cmath.phase(-1), "%.6f %.6f" % cmath.polar(3 + 4j))
show(cmath.rect(2, 1))
print("%.6f %.6f" % (cmath.pi, cmath.e))
# expect: 1.000000 0.000000
# expect: 2.718282 0.000000
# expect: 0.000000 0.000000
# expect: 0.000000 0.000000
# expect: 0.841471 0.000000
# expect: 0.540302 -0.000000
# expect: 0.707107 0.707107
# expect: 0.540302 0.841471
# expect: 0.000000 1.570796
# expect: 0.000000 0.682188
# expect: 0.000000 1.175201
# expect: 1.543081 -0.000000
# expect: 0.000000 1.000000
# expect: 0.367879 0.000000
# expect: 0.000000 3.141593
# expect: 0.000000 1.364376
# expect: -0.841471 0.000000
# expect: 0.540302 0.000000
# expect: 2.000000 -1.000000
# expect: -13.128783 15.200784
# expect: 1.609438 -0.927295
# expect: 0.698970 -0.402719
# expect: 3.853738 27.016813
# expect: -27.034946 3.851153
# expect: 0.000000 1.581139
# expect: 0.082085 0.000000
# expect: 0.916291 3.141593
# expect: 0.397940 1.364376
# expect: -0.598472 -0.000000
# expect: -0.801144 0.000000
# expect: 3.141593 5.000000 0.927295
# expect: 1.080605 1.682942
# expect: 3.141593 2.718282
