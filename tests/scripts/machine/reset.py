# reset ends the script as sys.exit() does, stops its timers and forgets the callbacks that wait.
import machine, micropython, time
calls = []
t = machine.Timer(period=1, callback=lambda timer: calls.append("tick"))
try:
    state = machine.disable_irq()
    micropython.schedule(calls.append, "scheduled")
    machine.reset()
except SystemExit as e:
    print(repr(e))
# expect: SystemExit()
machine.enable_irq(state)
time.sleep_ms(10)
print(calls)  # expect: []
try:
    print("on the way out")
    machine.reset()
finally:
    print("cleaned up")
print("never")
# expect: on the way out
# expect: cleaned up
