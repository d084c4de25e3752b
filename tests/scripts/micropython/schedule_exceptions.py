# An exception in a callback, any exception, is printed with the callback's own traceback, and the script goes on.
import micropython, time

exec("def fail(error):\n    raise error")
for error in (ValueError("no"), KeyboardInterrupt(), SystemExit(3)):
    micropython.schedule(fail, error)
    time.sleep_ms(0)
    print("on")
# expect: Traceback (most recent call last):
# expect:   File "<string>", line 2, in fail
# expect: ValueError: no
# expect: on
# expect: Traceback (most recent call last):
# expect:   File "<string>", line 2, in fail
# expect: KeyboardInterrupt: 
# expect: on
# expect: Traceback (most recent call last):
# expect:   File "<string>", line 2, in fail
# expect: SystemExit: 3
# expect: on
