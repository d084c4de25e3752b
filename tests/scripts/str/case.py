print("aBc dÉ".lower(), "aBc dé".upper() == "ABC Dé", "aBc".swapcase(), "hello world".title(), "hELLO".capitalize(), "".upper())
# expect: abc dÉ True AbC Hello World Hello 
print("abc".islower(), "aBc".islower(), "ABC".isupper(), "A1".isupper(), "1".isupper(), "".islower())
# expect: True False True True False False
print(" \t\n".isspace(), " a".isspace(), "".isspace(), "ab".isalpha(), "a1".isalpha(), "12".isdigit(), "1a".isdigit(), "a1".isalnum(), "a-".isalnum())
# expect: True False False True False True False True False
