def g():
    for i in range(3):
        try:
            if i == 1:
                raise ValueError(i)
            yield "value %d" % i
        except ValueError as e:
            yield "error %s" % e
        else:
            yield "fine"
        finally:
            yield "finally"
print(list(g()))  # expect: ['value 0', 'fine', 'finally', 'error 1', 'finally', 'value 2', 'fine', 'finally']
