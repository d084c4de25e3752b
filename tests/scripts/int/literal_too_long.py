# A literal that would take long to read is refused, and says what to do.
try:
    exec("x = " + "1" * 20001)
except SyntaxError as e:
    print(e)
# expect: number of more than 20000 characters: use int() or float() of a string
exec("x = 1" + "0" * 10000)
print(x == 10 ** 10000)  # expect: True
