import machine
try:
    machine.soft_reset()
except SystemExit as e:
    print(repr(e))  # expect: SystemExit()
machine.soft_reset()
raise ValueError("not here")
