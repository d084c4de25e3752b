import machine
print(type(machine.unique_id()), machine.unique_id() == machine.unique_id())  # expect: <class 'bytes'> True
