import re
text = "a" * 5000
print(re.match("(a*)*b", text), re.match("(a|aa)+$", text + "b"), re.search("(x+x+)+y", "x" * 5000))
# expect: None None None
