# Local time is that of TZ in the environment of the instance, and of nobody else.
import os, time
moments = 1704067200, 1720000000  # in winter and in summer of the north
def show(zone):
    os.putenv("TZ", zone)
    print(zone, *["%02d %02d:%02d" % time.localtime(moment)[2:5] for moment in moments])
for zone in "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "NZST-12NZDT,M9.5.0,M4.1.0/3", "<+0545>-5:45", "XYZ3":
    show(zone)
# expect: UTC0 01 00:00 03 09:46
# expect: CET-1CEST,M3.5.0,M10.5.0/3 01 01:00 03 11:46
# expect: EST5EDT,M3.2.0,M11.1.0 31 19:00 03 05:46
# expect: NZST-12NZDT,M9.5.0,M4.1.0/3 01 13:00 03 21:46
# expect: <+0545>-5:45 01 05:45 03 15:31
# expect: XYZ3 31 21:00 03 06:46
for zone in "nonsense", "../../../etc/passwd", "/etc/passwd", "A", "CET-1CEST,M13.1.0,M1.1.0", "<", ",", "é":  # none is UTC
    show(zone)
# expect: nonsense 01 00:00 03 09:46
# expect: ../../../etc/passwd 01 00:00 03 09:46
# expect: /etc/passwd 01 00:00 03 09:46
# expect: A 01 00:00 03 09:46
# expect: CET-1CEST,M13.1.0,M1.1.0 01 00:00 03 09:46
# expect: < 01 00:00 03 09:46
# expect: , 01 00:00 03 09:46
# expect: é 01 00:00 03 09:46
os.putenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
print([time.mktime(time.localtime(moment)) == moment for moment in moments], time.gmtime(moments[0])[3])
# expect: [True, True] 0
