print()  # expect: 
print(1, "a", None, 1.5, [1], sep="")  # expect: 1aNone1.5[1]
print(1, 2, 3, sep=", ", end=".\n")  # expect: 1, 2, 3.
print("no newline", end=""); print("", "x", "", sep="|")  # expect: no newline|x|
print(*range(4), sep="\n")
# expect: 0
# expect: 1
# expect: 2
# expect: 3
print(*[], sep="x")  # expect: 
print("a\nb", "tab\t|", end="\n\n")
# expect: a
# expect: b tab	|
# expect:
print("end")  # expect: end
