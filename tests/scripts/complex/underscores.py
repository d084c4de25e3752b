# Underscores stand anywhere in numerals, as for int() and float().
print(complex("1_0"), complex("1_0+2_0j"), complex(" 1_000.5_0j "), complex("1__0-_2j"), float("1_0.5_0"), int("1_0"))
# expect: (10+0j) (10+20j) 1000.5j (10-2j) 10.5 10
# inf and nan are no numerals.
for convert, text in (complex, "in_f"), (float, "in_f"), (float, "n_an"), (complex, "1+na_nj"), (float, "_"), (complex, "_"):
    try:
        print(convert(text))
    except ValueError as e:
        print(e)
# expect: invalid syntax for number
# expect: invalid syntax for number
# expect: invalid syntax for number
# expect: invalid syntax for number
# expect: invalid syntax for number
# expect: invalid syntax for number
