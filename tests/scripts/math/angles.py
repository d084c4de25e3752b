# Angles of any size are converted; too large ones become infinity.
import math

print(math.degrees(math.pi), math.radians(180), math.degrees(float("-inf")), math.radians(float("nan")))
# expect: 180.0 3.141592653589793 -inf nan
print(math.degrees(1.7e308), math.radians(5e-324))
# expect: inf 0.0
