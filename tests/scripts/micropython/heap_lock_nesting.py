# Locks nest; what is unlocked more often than locked stays unlocked.
import micropython as m

i = depth = 0

print(m.heap_locked(), m.heap_unlock(), m.heap_unlock(), m.heap_locked())  # expect: 0 0 0 0
m.heap_lock()
m.heap_lock()
m.heap_lock()
a, b, c, d, e = m.heap_locked(), m.heap_unlock(), m.heap_locked(), m.heap_unlock(), m.heap_unlock()
print(a, b, c, d, e, m.heap_locked())  # expect: 3 2 2 1 0 0
print([1])  # expect: [1]
for i in range(100):
    m.heap_lock()
depth = m.heap_locked()
for i in range(200):
    m.heap_unlock()
print(depth, m.heap_locked())  # expect: 100 0
