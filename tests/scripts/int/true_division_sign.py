# A zero has the sign of the quotient.
print(0 / -5, 0 / 5, 0 / -(10**30), 0 / 10**30)
# expect: -0.0 0.0 -0.0 0.0
print(1 / -(10**400), -1 / 10**400)
# expect: -0.0 -0.0
