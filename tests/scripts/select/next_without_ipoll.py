# A set of streams is an iterator: of what its last ipoll found, and of what poll found where there was no ipoll.
import micropython
import select

p = select.poll()
print(list(p))  # expect: []
p.register(micropython.RingIO(8))
print(len(p.poll()))  # expect: 1
print([events for stream, events in p])  # expect: [4]
print([events for stream, events in p])  # expect: []
print([events for stream, events in p.ipoll()])  # expect: [4]
