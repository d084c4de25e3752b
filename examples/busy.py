"""Computes for ever: something to interrupt."""

n = 0
while True:
    n += 1
