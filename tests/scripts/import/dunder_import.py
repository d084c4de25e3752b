m = __import__("modules.with_all")
print(m.__name__, m.with_all.a)  # expect: modules 1
print(__import__("modules.with_all", None, None, ["a"]).a)  # expect: 1
print(__import__("modules.with_all", globals(), locals(), (), 0).__name__)  # expect: modules
try:
    __import__("modules.with_all", globals(), None, (), -1)
except ValueError:
    print("ValueError")
# expect: ValueError
try:
    __import__(5)
except TypeError:
    print("TypeError")
# expect: TypeError
