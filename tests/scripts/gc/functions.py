import gc
print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
print(type(gc.collect()), gc.mem_alloc() > 0, gc.mem_free() > 0)
before = gc.mem_alloc()
junk = [bytearray(20000) for i in range(10)]
print(gc.mem_alloc() - before >= 200000)
while junk:
    junk.pop()
gc.collect()
print(gc.mem_alloc() - before < 100000)  # one or another may still be somewhere on the native stack
# expect: True None False None True
# expect: <class 'int'> True True
# expect: True
# expect: True
