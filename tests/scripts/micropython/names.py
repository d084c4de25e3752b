# The names of the module: those of the unix port, and what only boards have.
import micropython

print([name for name in dir(micropython) if not name.startswith("_")])
# expect: ['RingIO', 'alloc_emergency_exception_buf', 'const', 'heap_lock', 'heap_locked', 'heap_unlock', 'kbd_intr', 'mem_current', 'mem_info', 'mem_peak', 'mem_total', 'opt_level', 'qstr_info', 'schedule', 'stack_use']
print(micropython, micropython.__name__, type(micropython.schedule))
# expect: <module 'micropython'> micropython <class 'function'>
try:
    micropython.const = 5
except AttributeError as e:
    print(e)  # expect: 'module' object has no attribute 'const'
