import math
def show(*values):
    print(" ".join("%.9g" % v for v in values))
show(math.sqrt(2), math.pow(2, 0.5), math.exp(1), math.expm1(1e-5), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000))
show(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(1), math.atan2(1, -1))
show(math.sinh(1), math.cosh(1), math.tanh(1), math.asinh(1), math.acosh(2), math.atanh(0.5))
show(math.erf(0.5), math.erfc(0.5), math.gamma(5.5), math.lgamma(10))
show(math.degrees(1), math.radians(180), math.fabs(-2.5), math.copysign(3, -0.0), math.fmod(-7, 3))
show(math.pi, math.e, math.tau)
print(math.inf, -math.inf, math.nan)
print(math.frexp(10), math.ldexp(0.625, 4), math.modf(-2.5), math.ldexp(1, -2000))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1e308), math.isfinite(math.nan))
# expect: 1.41421356 1.41421356 2.71828183 1.000005e-05 2.30258509 3 3 3
# expect: 0.841470985 0.540302306 1.55740772 0.523598776 1.04719755 0.785398163 2.35619449
# expect: 1.17520119 1.54308063 0.761594156 0.881373587 1.3169579 0.549306144
# expect: 0.520499878 0.479500122 52.3427778 12.8018275
# expect: 57.2957795 3.14159265 2.5 -3 -1
# expect: 3.14159265 2.71828183 6.28318531
# expect: inf -inf nan
# expect: (0.625, 4) 10.0 (-0.5, -2.0) 0.0
# expect: True True True False
