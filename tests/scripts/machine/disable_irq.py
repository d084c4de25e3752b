# no-sweep: waits for callbacks, which a failing allocation ends
# Between disable_irq and enable_irq no handler runs, not even a hard one; what happens meanwhile is handled then.
import machine, micropython, time
calls = []
def wait(ms):
    start = time.ticks_ms()
    while time.ticks_diff(time.ticks_ms(), start) < ms:
        pass
hard = machine.Timer(mode=machine.Timer.ONE_SHOT, period=2, hard=True, callback=lambda t: calls.append("hard"))
soft = machine.Timer(mode=machine.Timer.ONE_SHOT, period=4, callback=lambda t: calls.append("soft"))
outer = machine.disable_irq()
inner = machine.disable_irq()
micropython.schedule(calls.append, "scheduled")
wait(20)
machine.enable_irq(inner)
wait(5)
print(calls)  # expect: []
machine.enable_irq(outer)
while len(calls) < 3:
    pass
print(sorted(calls))  # expect: ['hard', 'scheduled', 'soft']
