# What is scheduled is not looked at before it runs.
import micropython, time

for callable in (5, None, "text", lambda: 0):
    micropython.schedule(callable, 1)
    time.sleep_ms(0)
# expect: TypeError: 'int' object isn't callable
# expect: TypeError: 'NoneType' object isn't callable
# expect: TypeError: 'str' object isn't callable
# expect: TypeError: <lambda>() takes 0 positional arguments but 1 were given
print("on")  # expect: on
