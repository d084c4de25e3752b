m = __import__("modules.with_all")
print(m.__name__, m.with_all.a)  # expect: modules 1
print(__import__("modules.with_all", None, None, ["a"]).a)  # expect: 1
print(__import__("modules.with_all", globals(), locals(), (), 0).__name__)  # expect: modules.with_all
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

# A list of names that is not None asks for the last module of a dotted name, whatever it is.
print([__import__("modules.simple", None, None, names).__name__ for names in (None, False, (), [], "", True, ["x"])])
# expect: simple runs as modules.simple
# expect: ['modules', 'modules.simple', 'modules.simple', 'modules.simple', 'modules.simple', 'modules.simple', 'modules.simple']
