import gc
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
print(type(gc.collect()), gc.mem_alloc() > 0, gc.mem_free() > 0)
before = gc.mem_alloc()
junk = [None] * 20
for i in range(20):
    junk[i] = bytearray(20000)
print(gc.mem_alloc() - before >= 400000)
del junk[:]
gc.collect()
print(gc.mem_alloc() - before < 200000)  # some may still be somewhere on the native stack
# expect: True None False None True
# expect: <class 'int'> True True
# expect: True
# expect: True
