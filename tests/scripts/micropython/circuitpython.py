# A script for the functions that CircuitPython documents of this module, which it runs as it is.
import micropython
import modules.registers as registers

print(registers.STATUS, registers.reset_value(), hasattr(registers, "_RESET"))  # expect: 33 160 False

level = micropython.opt_level()
print(micropython.opt_level(3), micropython.opt_level())  # expect: None 3
exec("assert False, 'compiled'")
print(eval("__debug__"))  # expect: False
micropython.opt_level(level)


def stack_of(callback):
    return callback()


def deeper():
    return max(map(stack_of, [micropython.stack_use]))


print(deeper() - micropython.stack_use() > 0)  # expect: True

items = [0] * 4
i = 0
micropython.heap_lock()
micropython.heap_lock()
for i in range(4):
    items[i] += i
try:
    items.extend((4, 5, 6, 7))
    items = None
except MemoryError:
    pass
micropython.heap_unlock()
try:
    items = bytearray(10)
except MemoryError:
    pass
micropython.heap_unlock()
items.append(4)
print(items)  # expect: [0, 1, 2, 3, 4]

micropython.heap_lock()
micropython.heap_lock()
depths = micropython.heap_locked(), micropython.heap_unlock(), micropython.heap_unlock()
print(depths)  # expect: (2, 1, 0)

micropython.kbd_intr(-1)
micropython.kbd_intr(3)
