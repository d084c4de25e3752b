import micropython
b, done = bytearray(4), None
for f in (lambda: b.extend(b"01234567" * 10), lambda: b + b"0", lambda: b[0:2], lambda: bytearray(1)):
    micropython.heap_lock()
    try:
        f()
        done = True
    except MemoryError:
        done = False
    micropython.heap_unlock()
    print(done, b)
# expect: False bytearray(b'\x00\x00\x00\x00')
# expect: False bytearray(b'\x00\x00\x00\x00')
# expect: False bytearray(b'\x00\x00\x00\x00')
# expect: False bytearray(b'\x00\x00\x00\x00')
