# Wrong numbers and types of arguments, for each function.
import micropython as m


def refuse(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except Exception as e:
        print(repr(e))


refuse(m.const)  # expect: TypeError('function takes 1 positional arguments but 0 were given',)
refuse(m.const, 1, 2)  # expect: TypeError('function takes 1 positional arguments but 2 were given',)
refuse(m.opt_level, 1, 2)  # expect: TypeError('function expected at most 1 arguments, got 2',)
refuse(m.mem_info, 1, 2)  # expect: TypeError('function expected at most 1 arguments, got 2',)
refuse(m.mem_total, 1)  # expect: TypeError('function takes 0 positional arguments but 1 were given',)
refuse(m.mem_current, 1)  # expect: TypeError('function takes 0 positional arguments but 1 were given',)
refuse(m.mem_peak, 1)  # expect: TypeError('function takes 0 positional arguments but 1 were given',)
refuse(m.qstr_info, 1, 2)  # expect: TypeError('function expected at most 1 arguments, got 2',)
refuse(m.stack_use, 1)  # expect: TypeError('function takes 0 positional arguments but 1 were given',)
refuse(m.heap_lock, 1)  # expect: TypeError('function takes 0 positional arguments but 1 were given',)
refuse(m.heap_unlock, 1)  # expect: TypeError('function takes 0 positional arguments but 1 were given',)
refuse(m.heap_locked, 1)  # expect: TypeError('function takes 0 positional arguments but 1 were given',)
refuse(m.alloc_emergency_exception_buf)
# expect: TypeError('function takes 1 positional arguments but 0 were given',)
refuse(m.kbd_intr)  # expect: TypeError('function takes 1 positional arguments but 0 were given',)
refuse(m.kbd_intr, 3, 4)  # expect: TypeError('function takes 1 positional arguments but 2 were given',)
refuse(m.kbd_intr, "a")  # expect: TypeError("can't convert str to int",)
refuse(m.kbd_intr, 1.5)  # expect: TypeError("can't convert float to int",)
refuse(m.kbd_intr, None)  # expect: TypeError("can't convert NoneType to int",)
refuse(m.kbd_intr, 1 << 70)  # expect: OverflowError('overflow converting long int to machine word',)
refuse(m.schedule)  # expect: TypeError('function takes 2 positional arguments but 0 were given',)
refuse(m.schedule, print)  # expect: TypeError('function takes 2 positional arguments but 1 were given',)
refuse(m.schedule, print, 1, 2)  # expect: TypeError('function takes 2 positional arguments but 3 were given',)
refuse(m.schedule, print, arg=2)  # expect: TypeError("function doesn't take keyword arguments",)
refuse(m.RingIO)  # expect: TypeError('function takes 1 positional arguments but 0 were given',)
refuse(m.RingIO, 1, 2)  # expect: TypeError('function takes 1 positional arguments but 2 were given',)
print(m.heap_locked(), m.opt_level())  # expect: 0 0
