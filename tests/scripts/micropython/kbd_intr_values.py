# Any int is taken.
import micropython

print([micropython.kbd_intr(char) for char in (-1, 3, 0, 255, 256, -2, (1 << 32) + 3, True)])
# expect: [None, None, None, None, None, None, None, None]
micropython.kbd_intr(3)
