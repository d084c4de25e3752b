globals()["computed" + str(1)] = "here"
print(computed1)  # expect: here
computed1 = "changed"
print(globals()["".join(["computed", "1"])])  # expect: changed
