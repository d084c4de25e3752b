import gc
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
print(type(gc.collect()), gc.mem_alloc() > 0, gc.mem_free() > 0)
before = gc.mem_alloc()
junk = bytearray(20000)
print(gc.mem_alloc() - before >= 20000)
junk = None
gc.collect()
print(gc.mem_alloc() - before < 20000)
# expect: True None False None True
# expect: <class 'int'> True True
# expect: True
# expect: True
