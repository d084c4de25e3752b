# Timer(-1) is a new timer each time; a number from 0 names one timer.
from machine import Timer
print(Timer(-1) is Timer(-1), Timer() is Timer())  # expect: False False
a = Timer(3)
print(Timer(3) is a, Timer(4) is a)  # expect: True False
a.init(mode=Timer.ONE_SHOT, period=50)
print(Timer(3))  # expect: Timer(mode=ONE_SHOT, period=50)
Timer(3, freq=10)
print(a)  # expect: Timer(mode=PERIODIC, period=100)
big = Timer(10**9)
print(Timer(10**9) is big)  # expect: True
try:
    Timer(-2)
except ValueError as e:
    print(e)
# expect: Timer doesn't exist
try:
    Timer("0")
except TypeError as e:
    print(e)
# expect: can't convert str to int
