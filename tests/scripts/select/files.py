# Files of the host are ready always; closed ones say so.
import os, select
name = (os.getenv("SCRATCH") or "scratch") + "/file"
file = open(name, "w+")
poller = select.poll()
poller.register(file)
print([events for _, events in poller.poll()])  # expect: [5]
poller.modify(file, select.POLLIN)
print([events for _, events in poller.poll()])  # expect: [1]
file.close()
print([events for _, events in poller.poll()])  # expect: [32]
