# machine.RTC: the clock of the instance, which scripts may set; the host's is left alone.
import os
import time
from machine import RTC

os.putenv("TZ", "UTC")
rtc = RTC()
print(RTC(0) is rtc, len(rtc.datetime()))  # expect: True 8

# It begins with the host's time.
year, month, day, weekday, hour, minute, second, subsecond = rtc.datetime()
now = time.gmtime()
print((year, month, day) <= now[:3], weekday in range(7), 0 <= subsecond < 1000000)  # expect: True True True

# The weekday is told, and not looked at.
rtc.datetime((2030, 2, 3, 99, 4, 5, 6, 789000))
print(rtc.datetime()[:7])  # expect: (2030, 2, 3, 6, 4, 5, 6)
print(rtc.datetime()[7] >= 789000)  # expect: True
print(time.gmtime()[:6])  # expect: (2030, 2, 3, 4, 5, 6)
print(time.time() // 1, time.time_ns() // 1000000000)  # expect: 1896321906.0 1896321906

# init has the fields of CPython's datetime.
rtc.init((2031, 12, 31, 23, 59, 58, 0, None))
print(rtc.datetime()[:7])  # expect: (2031, 12, 31, 2, 23, 59, 58)

# It is local time.
os.putenv("TZ", "<+02>-2")
print(rtc.datetime()[:7])  # expect: (2032, 1, 1, 3, 1, 59, 58)
rtc.datetime((2020, 1, 1, 0, 1, 0, 0, 0))
print(time.gmtime()[:6])  # expect: (2019, 12, 31, 23, 0, 0)
print(time.localtime()[:6])  # expect: (2020, 1, 1, 1, 0, 0)
os.putenv("TZ", "UTC")

# Fields beyond their ranges carry over, as with time.mktime.
rtc.datetime((2021, 13, 1, 0, 0, 0, 0, 0))
print(rtc.datetime()[:3])  # expect: (2022, 1, 1)


def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as e:
        print(type(e).__name__, e)


attempt(RTC, 1)  # expect: ValueError there is one real-time clock: RTC() or RTC(0)
attempt(rtc.datetime, (2021, 1, 1))  # expect: ValueError date and time must be a tuple of length 8
attempt(rtc.datetime, 5)  # expect: ValueError date and time must be a tuple of length 8
attempt(rtc.datetime, (1969, 1, 1, 0, 0, 0, 0, 0))  # expect: ValueError date and time out of range: from 1970 to 2261, and no number below 0
attempt(rtc.datetime, (2263, 1, 1, 0, 0, 0, 0, 0))  # expect: ValueError date and time out of range: from 1970 to 2261, and no number below 0
attempt(rtc.datetime, (2021, -1, 1, 0, 0, 0, 0, 0))  # expect: ValueError date and time out of range: from 1970 to 2261, and no number below 0
attempt(rtc.datetime, (2021, 1, 1, 0, 0, 0, 0, 1 << 40))  # expect: ValueError date and time out of range: from 1970 to 2261, and no number below 0
attempt(rtc.datetime, (2021, "1", 1, 0, 0, 0, 0, 0))  # expect: TypeError can't convert str to int
print(rtc.datetime()[:3])  # expect: (2022, 1, 1)

# Bytes that outlive a reset.
print(rtc.memory())  # expect: b''
rtc.memory(b"abc")
print(rtc.memory())  # expect: b'abc'
rtc.memory(bytearray(2048))
print(len(rtc.memory()))  # expect: 2048
attempt(rtc.memory, bytes(2049))  # expect: ValueError the memory of the real-time clock holds 2048 bytes
attempt(rtc.memory, "text")  # expect: None
