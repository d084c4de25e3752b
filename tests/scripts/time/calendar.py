import time
print(time.gmtime(0), time.gmtime(951782400), time.gmtime(1709164800.9))
print(len(time.localtime()), len(time.gmtime()), time.gmtime()[0] >= 2024)
t = time.localtime(1000000000)
print(time.mktime(t) == 1000000000, time.mktime(t[:8]) == 1000000000)
# expect: (1970, 1, 1, 0, 0, 0, 3, 1, 0) (2000, 2, 29, 0, 0, 0, 1, 60, 0) (2024, 2, 29, 0, 0, 0, 3, 60, 0)
# expect: 9 9 True
# expect: True True
