s = "aé€😀z"
print(len(s), s[1], s[3], s[-1], s[1:4], s[-3:-1], list(s), [ord(c) for c in s], len(s.encode()))
# expect: 5 é 😀 z é€😀 €😀 ['a', 'é', '€', '😀', 'z'] [97, 233, 8364, 128512, 122] 11
print(s.encode(), s.encode().decode() == s, "é" in s, s.find("😀"), s.index("z"), s.rfind("€"), s.count("é"), s.replace("€", "E"))
# expect: b'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z' True True 3 4 2 1 aéE😀z
print(s.split("€"), s.partition("😀"), s.startswith("aé"), s.endswith("z"), s * 2, s + "ü", s == "aé€😀z", s < "b", chr(8364), "é" < "z")
# expect: ['aé', '😀z'] ('aé€', '😀', 'z') True True aé€😀zaé€😀z aé€😀zü True True € False
print("{:>6}|{:^6}|{:.2}|".format("é", "€", "😀ab"), "%5s|%c" % ("ü", "ß"), "ж".join("abc"))
# expect:      é|  €   |😀a|     ü|ß aжbжc
print({"ключ": 1}["ключ"], sorted(["б", "а", "z"]), "日本語"[1], max("añz"), hash("é") == hash("é"))
# expect: 1 ['z', 'а', 'б'] 本 ñ True
def функция(имя):
    return имя * 2
print(функция("ю"), repr("\u0430\n"), "é".encode("utf-8"), bytes("é", "utf8"), str(b"\xc3\xa9", "utf-8"))
# expect: юю 'а\n' b'\xc3\xa9' b'\xc3\xa9' é
