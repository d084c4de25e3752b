import micropython
total, current, peak = micropython.mem_total(), micropython.mem_current(), micropython.mem_peak()
kept = list(range(10000))
print(micropython.mem_total() > total, micropython.mem_current() > current, micropython.mem_peak() >= peak)
print(type(micropython.stack_use()), micropython.stack_use() > 0)
for f in (micropython.mem_total, micropython.stack_use):
    try:
        f(1)
    except TypeError as e:
        print(e)
# expect: True True True
# expect: <class 'int'> True
# expect: function takes 0 positional arguments but 1 were given
# expect: function takes 0 positional arguments but 1 were given
