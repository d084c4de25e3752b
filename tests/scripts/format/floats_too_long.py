# Numbers that are too long in fixed notation get an exponent, percentages as well.
print("{:f} {:F} {:%} {:.3%}|{:>12.1%}|".format(1e50, 1.5e300, 1e226, 2.5e60, 1e100))
# expect: 1e+50 1.5E+300 1e+228% 2.5e+62%|     1e+102%|
print("{:.1%} {:f} {:%}".format(1e15, 1e16, float("inf")))
# expect: 100000000000000000.0% 10000000000000000.000000 inf%
