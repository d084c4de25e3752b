import gc
print(gc.threshold())  # expect: -1
gc.threshold(1000)
print(gc.threshold() <= 1000)  # expect: True
gc.threshold(1)
print(gc.threshold(), [[], []])  # expect: 0 [[], []]
gc.threshold(-5)
print(gc.threshold())  # expect: -1
