# With any other argument kbd_intr is a callback like others.
import micropython, time

micropython.schedule(micropython.kbd_intr, 3)
micropython.schedule(micropython.kbd_intr, "x")
time.sleep_ms(0)
time.sleep_ms(0)
print("on")
# expect: TypeError: can't convert str to int
# expect: on
