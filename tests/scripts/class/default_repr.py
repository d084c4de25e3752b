class A:
    pass
text = repr(A())
print(text.startswith("<A object at "), text.endswith(">"), A, object(), type)
# expect: True True <class 'A'> <object> <class 'type'>
