# deepsleep ends the script as reset does; its host lets time pass before it makes the instance anew.
import machine

for arguments in (), (10,), (-1,), (10**18,):
    try:
        machine.deepsleep(*arguments)
    except SystemExit as e:
        print(repr(e))
# expect: SystemExit()
# expect: SystemExit()
# expect: SystemExit()
# expect: SystemExit()
try:
    machine.deepsleep("long")
except TypeError as e:
    print("TypeError")  # expect: TypeError
