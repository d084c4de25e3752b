"""Expressions of each type, with a hole `<type>` for each operand.

Besides Python's types: ints, strs: lists of int or str; map: a dict with keys and values of any type; small: an int
from 0 to 6; index: an int near the bounds of short sequences; bound: an index or nothing; char: a str of length 1;
numeral: text for int() and float(); base: a base for int(); atom: a value that has a hash; any: a value of any type;
one: an odd int; name: a
name that is new; with a 0 behind it, a type asks for a variable or literal. What MicroPython has
no equal of (see README.md) stays away.
"""

TEMPLATES = {
    "int": """
        <int> + <int>|<int> - <int>|<int> * <int>|<int> // <int>|<int> % <int>|<int> & <int>|<int> \\| <int>
        <int> ^ <int>|-<int>|~<int>|+<int>|<int> ** <small>|<int> << <shift>|<int> >> <shift>|abs(<int>)
        divmod(<int>, <int>)[<bit>]|pow(<int>, <small>, <int>)|int(<float>)|int(<numeral>)|int(<numeral>, <base>)
        int(str(<int>))|int(hex(<int>), 16)|int(bin(<int>), 0)|round(<float>)|round(<int>)|round(<int>, -<small>)
        ord(<char>)|len(<sized>)|sum(<ints>)|sum(<range>, <int>)|min(<int>, <int>)|max(<int>, <int>, <int>)
        max(<ints>)|min(<ints>, default=<int>)|<bool> + <int>|int(<bool>)
        <str>.find(<str>)|<str>.rfind(<str>, <bound>)|<str>.count(<char>)|<str>.index(<char>)|<bytes>.find(<bytes>)
        <ints>[<index>]|<ints>.index(<int>)|<ints>.count(<int>)|<bytes>[<index>]|<bytearray>[<index>]|<range>[<index>]
        <dict>[<str>]|<dict>.get(<str>, <int>)|<tuple>.count(<int>)|<int> if <bool> else <int>|<int> and <int>
        <int> or <int>|(lambda <name>: <int>)(<int>)|int.from_bytes(<bytes>, 'big')|int.from_bytes(<bytes>, 'little')
        (<int> & 0xffffffff) * (<int> & 0xffffffff)|len(str(<int>))|eval(<quoted>)|next(iter(<ints>))
        next(iter(<ints>), <int>)|[*<ints>, <int>][<index>]|(<int>, <int>)[<bit>]|{'a': <int>, 'b': <int>}['a']
        sum([<int> for _ in <range>])|sum(i * <int> for i in <ints>)|not <int> or <int>|<one> // <one>|<one> % <one>
        struct.unpack('<h', struct.pack('<h', int(<small>)))[0]|math.floor(<float>)|math.ceil(<float>)|math.trunc(<float>)
        hash(<atom>) * 0|(<int> ^ <int>) & -(<int> \\| 1)|[0, <int>][<bit>]""",
    "float": """
        <float> + <float>|<float> - <float>|<float> * <float>|<float> / <float>|<int> / <int>|<float> // <float>
        <float> % <float>|<float> + <int>|<int> - <float>|<int> * <float>|<float> // <int>|<int> % <float>|-<float>
        abs(<float>)|float(<int>)|float(<numeral>)|float(str(<float>))|math.fmod(<float>, 1e9) ** <small>
        <int> ** -<small>|round(<float>, <small>)|min(<float>, <float>)|max(<float>, <int>)|sum(<ints>, <float>)
        divmod(<float>, <float>)[<bit>]|<float> if <bool> else <float>|<float> or <float>|float(<bool>)
        abs(<float>) ** 0.5|math.sqrt(<float>)|math.floor(<float>) + <float>|math.fmod(<float>, <float>)
        math.copysign(<float>, <float>)|math.ldexp(math.fmod(<float>, 1e9), <small>)|math.frexp(<float>)[0]|math.modf(<float>)[<bit>]
        float('inf') - <float>|float('nan') * <float>|(<float>, <float>)[<bit>]|eval(repr(<float>))|pow(math.fmod(<float>, 1e9), <small>)
        (<complex> + 0).real|(<complex> + 0).imag|abs(<complex>)""",
    "complex": """
        complex(<float>, <float>)|<complex> + <complex>|<complex> * <float>|<complex> - <int>|<complex> * <complex>|2j|1.5j""",
    "bool": """
        <int> <comparison> <int>|<float> <comparison> <float>|<int> <comparison> <float>|<str> <comparison> <str>
        <bytes> <comparison> <bytes>|<ints> <comparison> <ints>|<tuple> == <tuple>|<ints> != <list>|<set> <= <set>
        <set> < <frozenset>|<set> == <frozenset>|<dict> == <dict>|<float> <comparison> <int>|not <any>|<bool> and <bool>
        <bool> or <bool>|<int> < <int> <= <int>|<int> == <int> != <int>|<int> in <ints>
        <int> not in <ints>|<str> in <str>|<str> in <dict>|<int> in <set>|(<int> & 255) in <bytes>|<int> in <range>|<str> in <strs>
        <any> is None|<any> is not None|bool(<any>)|isinstance(<any>, str)|isinstance(<any>, (list, tuple, dict))
        <str>.startswith(<str>)|<str>.endswith(<char>)|plain(<str>).isdigit()|plain(<str>).isalpha()|plain(<str>).isupper()|plain(<str>).islower()
        <str>.isspace()|all(<list>)|any(<ints>)|any(i == <int> for i in <ints>)|<set>.issubset(<ints>)
        <set>.isdisjoint(<range>)|<set>.issuperset(<ints>)|<any> == <any>|callable(<any>)|hasattr(<any>, 'append')
        <range> == <range>|<int> in <tuple>|<any> in <list>|math.isnan(<float>)|math.isinf(<float>)|<bytes> == <bytearray>
        <complex> == <float>|<bool> == <int>|<ints> <comparison> sorted(<ints>)|<any> != <any>""",
    "str": """
        <str> + <str>|<str> * <small>|<small> * <str>|<str>[<bound>:<bound>]|<str>[<index>]|str(<any1>)|repr(<any1>)
        plain(<str>).upper()|plain(<str>).lower()|<str>.strip()|<str>.lstrip(<str>)|<str>.rstrip(<char>)|<str>.strip(<str>)
        <str>.replace(<str>, <str>)|<str>.replace(<char>, <str>, <small>)|<str>.join(<strs>)|(<str> * 2).center(<width>)
        ','.join(str(i) for i in <ints>)|<str>.partition(<char>)[<bit>]|<strs>[<index>]|<str>.format(<int>, <str>)
        <format>|<format>|<format>|<format>|hex(<int>)|oct(<int>)|bin(<int>)|chr(<code>)|<bytes>.decode()|str(<bytes>, 'utf-8')
        <str> if <bool> else <str>|<str> or <str>|<str> and <str>|max(<str>, <str>)|min(<strs>)|max(<strs>, key=len)
        <bytes>.hex()|(lambda <name>, *<name>: <str>)(<any>, <any>)|'a' 'b' <strlit>|str(<float>)|str(<int>)
        ''.join(reversed(<str>))|''.join(sorted(<str>))|''.join([<str> for _ in <range>])|type(<any>).__name__""",
    "bytes": """
        <bytes> + <bytes>|<bytes> * <small>|<bytes>[<bound>:<bound>]|<str>.encode()|bytes(<bytearray>)|bytes(<small>)
        bytes([<byte>, <byte>])|bytes(i & 255 for i in <ints>)|<bytes>.replace(<bytes>, <bytes>)|<bytes>.strip()|<bytes>.upper()
        <bytes>.join([<bytes>, <bytes>])|(<int> & 0xffff).to_bytes(<small>, 'big')|bytes.fromhex(<hextext>)|bytes(<str>, 'utf-8')
        <bytes> or <bytes>|<bytes> if <bool> else <bytes>|b'%d %s' % (<int>, <bytes>)|bytes(memoryview(<bytes>)[<bound>:<bound>])
        <bytes>.split(b',')[<index>]|struct.pack('>hIq', int(<small>), 7, int(<digit>))|struct.pack('<d', float(<float>))|<bytes>.lower()""",
    "bytearray": """
        bytearray(<bytes>)|bytearray(<small>)|bytearray(<bytes>) + <bytes>|<bytearray>[<bound>:<bound>]""",
    "ints": """
        [<int>, <int>, <int>]|[<int>]|[]|<ints> + <ints>|<ints> * <small>|<ints>[<bound>:<bound>]|<ints>[<bound>:<bound>:<step>]
        <ints>.copy()|list(<range>)|list(<ints>)|sorted(<ints>)|sorted(<set>)|sorted(<ints>, reverse=bool(<bool>))|list(<bytes>)
        sorted(<ints>, key=lambda n: (n % 5, n))|list(map(abs, <ints>))|list(map(lambda a, b: a + b, <ints>, <range>))
        list(filter(None, <ints>))|list(filter(lambda n: n > <int>, <ints>))|list(reversed(<ints>))|[*<ints>, *<range>]
        list(<dict>.values())|<listcomp>|<listcomp>|<ints> or <ints>|<ints> if <bool> else <ints>|[len(s) for s in <strs>]
        [a * b for a, b in zip(<ints>, <range>)]|[i for i, s in enumerate(<strs>, <small>)]|[ord(c) for c in <str>]
        list(i + 1 for i in <ints> if i != <int>)|[x for xs in [<ints>, <ints>] for x in xs if x % 2]
        take(iter(<ints>), <small>)|[*map(int, <range>)]|sorted(<ints>, key=lambda n: -n)""",
    "strs": """
        [<str>, <str>]|<str>.split()|<str>.split(<char>)|<str>.split(None, <small>)|<str>.split(<char>, <small>)
        <str>.rsplit(<char>, <small>)|<str>.splitlines()|<str>.splitlines(bool(<bool>))|list(<str>)|[str(i) for i in <ints>]
        [<str> for _ in <range>]|sorted(<strs>)|sorted(<strs>, key=len)|<strs> + <strs>|<strs>[<bound>:<bound>]|list(<dict>)
        sorted(<strs>, key=lambda s: plain(s).lower(), reverse=True)|list(map(str, <ints>))|[plain(s).upper() for s in <strs> if s]
        list(<str>.partition(<char>))|list(<str>.rpartition(<str>))|[f'{s}-{i}' for i, s in enumerate(<strs>)]""",
    "list": """
        [<any1>, <any1>, <any1>]|[[<int>], <ints>]|list(<tuple>)|<list> + <ints>|[<any1>] * <small>|list(zip(<ints>, <strs>))
        list(enumerate(<strs>))|list(<dict>.items())|keyed(<dict>)|keyed(<map>)|ordered(<set>)|ordered(<frozenset>)|<list>[<bound>:<bound>]
        [[j * i for j in <range>] for i in <range>]|[(i, <int>) for i in <ints>]|[<any1> for _ in <range> if <bool>]|list(zip(<ints>, <range>, <str>))""",
    "tuple": """
        (<any1>, <any1>)|(<int>,)|()|<tuple> + <tuple>|<tuple> * <small>|tuple(<ints>)|tuple(<str>)|<tuple>[<bound>:<bound>]
        divmod(<int>, <int>)|<str>.partition(<char>)|<str>.rpartition(<char>)|(*<ints>, <any1>)|tuple(<range>)|<tuple> or <tuple>
        tuple(i for i in <ints>)|math.frexp(<float>)|divmod(<float>, <float>)|(1, 'a', 2.5)""",
    "dict": """
        {<str0>: <int>, <str0>: <int>}|{}|dict(a=<int>, b=<int>)|dict([(<str>, <int>)])|<dict>.copy()|{**dict(<dict>), <str0>: <int>}
        {s: len(s) for s in <strs>}|dict(zip(<strs>, <ints>))|<dict> \\| <dict>|dict(<dict>)|dict(<dict>, z=<int>)
        {c: i for i, c in enumerate(<str>)}|dict.fromkeys(<strs>, <int>)|{k: v for k, v in <dict>.items() if v != <int>}""",
    "map": """
        {<atom0>: <any1>, <atom0>: <any1>}|{<int0>: <str>, <float0>: <int>, <bool0>: <str>}|{i: <any1> for i in <ints>}
        dict(zip(<ints>, <strs>))|{(<int0>, <str0>): <any1>}|{<int0>: {<str0>: <int>}}|{i: i * i for i in <range>}""",
    "set": """
        {<int>, <int>}|set()|set(<ints>)|<set> \\| <set>|<set> & <set>|<set> - <set>|<set> ^ <set>|{i % 5 for i in <ints>}|set(<range>)
        <set>.union(<ints>)|<set>.intersection(<ints>)|<set>.difference(<range>)|<set>.symmetric_difference(<set>)|<set>.copy()""",
    "frozenset": """
        frozenset(<ints>)|frozenset(<strs>)|<frozenset> \\| <frozenset>|<frozenset> & <frozenset>|frozenset()|frozenset({<int>, <float>})""",
    "range": """
        range(<small>)|range(<small>, <index>)|range(<index>, <index>, <step>)|range(<index>, <small>)|range(<small>)[<bound>:<bound>]""",
    "small": "<digit>|<digit>|<digit>|(<int> & 3)|len(<str>[:<digit>])|abs(<int>) % 5",
    "shift": "<digit>|<int> & 63|<int> & 127",
    "sized": "<str>|<bytes>|<ints>|<strs>|<tuple>|<dict>|<set>|<range>|<bytearray>|<map>|<list>",
    "atom": "<int>|<int>|<str>|<float>|<bool>|(<int>, <str>)|None|<bytes>|<frozenset>|<int> * 1.0",
    "any1": "<int>|<int>|<str>|<str>|<float>|<bool>|None|<tuple>|<ints>|<bytes>|<dict>",
    "any": "<int>|<str>|<float>|<bool>|None|<tuple>|<ints>|<strs>|<list>|<bytes>|<dict>|<map>|<set>|<range>|<bytearray>|<frozenset>|<complex>",
    "one": "(<int> \\| 1)",
    "bit": "0|1|-1",
    "step": "1|2|3|-1|-2",
    "char": "','|' '|'a'|'b'|'l'|'\\n'|'ab'|'ä'|<str>",
    "code": "<digit> + 65|<digit> + 0x20a0|(<int> & 63) + 32|-<digit>|<digit> + 0x110000",
    "byte": "<digit>|<int> & 255",
    "comparison": "<|<=|==|!=|>|>=",
    "hextext": "'00ff'|'a1 b2'|''|'0g'|<bytes>.hex()",
}
