# machine.WDT: a watchdog that, once started, wants to be fed.
import machine
from machine import WDT


def refused(*args, **kwargs):
    try:
        WDT(*args, **kwargs)
    except (ValueError, TypeError, OSError) as e:
        print(type(e).__name__, e)


refused(1)  # expect: ValueError there is one watchdog: WDT() or WDT(0)
refused(0, 0)  # expect: ValueError the timeout must be at least 1 millisecond
refused(timeout=-5)  # expect: ValueError the timeout must be at least 1 millisecond
refused(timeout="soon")  # expect: TypeError can't convert str to int
refused(period=5)  # expect: TypeError extra keyword arguments given

# There is one, which keeps its timeout.
wdt = WDT(timeout=10**9)
print(wdt is WDT(0, 10**9), wdt.feed())  # expect: True None
refused(timeout=10**8)  # expect: OSError [Errno 16] EBUSY: the watchdog runs already, with another timeout

# The instance was made for the first time.
print(machine.reset_cause() == machine.PWRON_RESET)  # expect: True
causes = ["PWRON_RESET", "HARD_RESET", "WDT_RESET", "DEEPSLEEP_RESET", "SOFT_RESET"]
print([getattr(machine, cause) for cause in causes])  # expect: [1, 2, 3, 4, 5]
