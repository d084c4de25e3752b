# Messages call a module what it calls itself.
import modules.simple as simple  # expect: simple runs as modules.simple
def message():
    try:
        simple.missing
    except AttributeError as e:
        return e.args[0]
print(message())
# expect: module 'modules.simple' has no attribute 'missing'
simple.__name__ = "renamed"
print(message())
# expect: module 'renamed' has no attribute 'missing'
del simple.__name__
print(message())
# expect: module 'modules.simple' has no attribute 'missing'
