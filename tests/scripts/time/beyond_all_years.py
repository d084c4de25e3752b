# Local times of moments that no calendar has.
import os, time

for zone in ("UTC", "A-14", "A14"):
    os.putenv("TZ", zone)
    for moment in (2**63 - 1, -(2**63), 2**62):
        try:
            time.localtime(moment)
        except OverflowError as e:
            print(e)
# expect: overflow converting long int to machine word
# expect: overflow converting long int to machine word
# expect: overflow converting long int to machine word
# expect: overflow converting long int to machine word
# expect: overflow converting long int to machine word
# expect: overflow converting long int to machine word
# expect: overflow converting long int to machine word
# expect: overflow converting long int to machine word
# expect: overflow converting long int to machine word
os.putenv("TZ", "x" * 100000)
print(time.localtime(0)[:4])  # expect: (1970, 1, 1, 0)
