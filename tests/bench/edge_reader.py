"""The same as edge_reader.c, with Debian's python3-libgpiod 1.6: edge_reader.py CHIP OFFSET COUNT."""

import sys
import time

import gpiod

chip, offset, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
line = gpiod.Chip(chip).get_line(offset)
line.request(consumer="edge_reader.py", type=gpiod.LINE_REQ_EV_BOTH_EDGES)
print("ready", flush=True)
delays = []
for _ in range(count):
    event = line.event_read()
    delays.append(time.monotonic_ns() - (event.sec * 1_000_000_000 + event.nsec))
print(*delays, sep="\n")
