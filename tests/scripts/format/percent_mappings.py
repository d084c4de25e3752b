# Any mapping will do for named conversions: dicts that can't be changed, derived and ordered ones, and objects.
class Object:
    pass
o = Object()
o.a = 5
print("%(a)s" % o.__dict__, "%(a)d %(b)s" % {"a": 1, "b": 2}, "x" % {}, "x" % {"a": 1}, "x" % o.__dict__)
# expect: 5 1 2 x x x
from collections import OrderedDict
class Derived(dict):
    pass
class Upper(dict):
    def __getitem__(self, key):
        return key.upper()
class Mapping:
    def __getitem__(self, key):
        return "<" + key + ">"
    def __str__(self):
        return "mapping"
print("%(a)s" % OrderedDict([("a", 1)]), "%(a)s" % Derived(a=2), "%(a)s" % Upper(a=2), "%(a)s %(b)5s" % Mapping())
# expect: 1 2 A <a>   <b>
print("%s" % Mapping(), "%s" % {"a": 1}, "plain" % Mapping())
# expect: mapping {'a': 1} plain
for arguments in [1], "text", (1,), 5, o:
    try:
        print("%(a)s" % arguments)
    except TypeError as e:
        print(e)
# expect: format needs a dict
# expect: format needs a dict
# expect: format needs a dict
# expect: format needs a dict
# expect: format needs a dict
try:
    "%(b)s" % o.__dict__
except KeyError as e:
    print(e)
# expect: b
