"""Expressions of each type, separated by semicolons, with a hole `<type>` for each operand.

Besides Python's types there are

    ints, strs   lists of int or str
    map          a dict with keys and values of any type
    any, any1    a value of any type, or of the usual ones; atom: one that has a hash; sized: one with a length
    small        an int from 0 to 6; digit: the same as a literal; shift: up to 127; byte: up to 255; one: an odd int
    num          an int that a float can hold
    index        an int near the bounds of short sequences; bound: an index or nothing; step, bit: of a slice, of a pair
    char         a str that is not empty; code: an argument of chr(); strascii, strlit: of ASCII, a literal
    numeral      text for int() and float(); digits: of an int; hextext: of bytes; quoted: an expression; base
    name         a name that is new; listcomp: a list comprehension; format: formatted text

and any type with a 0 behind it, for a literal. What MicroPython has no equal of stays away (README.md).
"""

TEMPLATES = {
    "int": """
        <int> + <int>; <int> - <int>; <int> * <int>; <int> // <int>; <int> % <int>; <int> & <int>; <int> | <int>;
        <int> ^ <int>; -<int>; ~<int>; +<int>; <int> ** <small>; <int> << <shift>; <int> >> <shift>; abs(<int>);
        divmod(<int>, <int>)[<bit>]; pow(<int>, <small>, <int>); int(<float>); int(<numeral>); int(<numeral>, <base>);
        int(str(<int>)); int(hex(<int>), 16); int(bin(<int>), 0); round(<float>); round(<int>);
        round(<int>, -<small>); ord(<char>); len(<sized>); sum(<ints>); sum(<range>, <digit>); min(<int>, <int>);
        max(<int>, <int>, <int>); max(<ints>); min(<ints>, default=<int>); <bool> + <int>; int(<bool>);
        <str>.find(<str>); <str>.rfind(<char>, <index>); <str>.count(<char>); <str>.index(<char>);
        <bytes>.find(<bytes>); <ints>[<index>]; <ints>.index(<int>); <ints>.count(<int>); <bytes>[<index>];
        <bytearray>[<index>]; <range>[<index>]; <dict>[key(<str>)]; <dict>.get(key(<str>), <int>); <tuple>.count(<int>);
        <int> if <bool> else <int>; <int> and <int>; <int> or <int>; (lambda <name>: <int>)(<int>);
        int.from_bytes(<bytes>, 'big'); int.from_bytes(<bytes>, 'little');
        (<int> & 0xffffffff) * (<int> & 0xffffffff); len(str(<int>)); eval(<quoted>); next(iter(<ints>));
        next(iter(<ints>), <int>); [*<ints>, <int>][<index>]; (<int>, <int>)[<bit>]; {'a': <int>, 'b': <int>}['a'];
        sum([<int> for _ in <range>]); sum(i * <int> for i in <ints>); <one> // <one>; <one> % <one>;
        struct.unpack('<h', struct.pack('<h', int(<small>)))[0]; math.floor(<float>); math.ceil(<float>);
        math.trunc(<float>); hash(<atom>) * 0; (<int> ^ <int>) & -(<int> | 1); [0, <int>][<bit>]; spy(<digit>, <int>);
        spy(<digit>, <int>) + spy(<digit>, <int>); int(<digits>, <base>); int(<digits>);
        pow(<int>, abs(<int>) & 0xffff, <one>); (<int> * <int>) // <one>; <int> ** 20 % <one>;
        (<int> << <shift>) // <one>; (<int> ** 9) >> <shift>; -(<int> << <shift>) | <int>; <int> & -(<int> ** 3);
        (<int> ** 5 + 1) ^ <int>; <int> // (<int> ** 3 | 1); divmod(<int> ** 7, <one>)[<bit>]; <int> * 0;
        int.from_bytes((<int> & 0xffff).to_bytes(4, 'little'), 'big'); <bytes>.count(<bytes>);
        <bytes>.rfind(b'a', <index>, <index>); <str>.find(<char>, <index>, <index>); <str>.count(<char>, <index>);
        <strs>.index(<str>); <tuple>.index(<int>); len(memoryview(<bytes>)); memoryview(<bytes>)[<index>];
        struct.unpack_from('<b', <bytes> + b'abcdefgh', <digit>)[0]; min(<int>, 2.5) and <int>;
        struct.unpack('>I', struct.pack('>i', <digit> - 3))[0]; struct.calcsize('<bhiqfd');
        sum([len(s) for s in <strs>]); max(<ints>, key=lambda n: -n);
        min(<strs>, key=lambda s: (len(s), s)) and <int>; [<int> for _ in '<>'][<bit>]; math.factorial(<digit>);
        round(<float>) + round(<int>, <small>); int(<float>) // <one>; int(math.fmod(<float>, 1e9) * 1e12);
        (<float> > <int>) + <int>; {**<dict>}.get('k', <int>); (<int>, *<ints>)[<index>];
        sorted([<int>, <int>, <int>])[<index>]; sum(map(lambda i, j: i * j, <ints>, <ints>))""",
    "float": """
        <float> + <float>; <float> - <float>; <float> * <float>; <float> / <float>; <num> / <num>; <float> // <float>;
        <float> % <float>; <float> + <num>; <num> - <float>; <num> * <float>; <float> // <num>; <num> % <float>;
        -<float>; abs(<float>); float(<num>); float(<numeral>); float(str(<float>));
        math.fmod(<float>, 1e9) ** <small>; <num> ** -<small>; round(<float>, <small>); min(<float>, <float>);
        max(<float>, float(<digit>)); sum(map(cut, <ints>), <float>); divmod(<float>, <float>)[<bit>];
        <float> if <bool> else <float>; <float> or <float>; float(<bool>); abs(<float>) ** 0.5; math.sqrt(<float>);
        math.floor(<float>) + <float>; math.fmod(<float>, <float>); math.copysign(<float>, <float>);
        math.ldexp(math.fmod(<float>, 1e9), <small>); math.frexp(<float>)[0]; math.modf(<float>)[<bit>];
        float('inf') - <float>; float('nan') * <float>; (<float>, <float>)[<bit>]; eval(repr(<float>));
        pow(math.fmod(<float>, 1e9), <small>); (<complex> + 0).real; (<complex> + 0).imag;
        abs(complex(math.fmod(<float>, 1e9), <small>));
        spy(<digit>, <float>); float(<digits>); float(<digits> + '.' + <digits>);
        float(<digits> + 'e-' + str(<small>)); float('0.' + <digits>); float(<digits> + 'e' + str(<index>));
        <num> / (<num> | 1); (<num> // 2 ** 500) / (<num> // 2 ** 300 | 1); float(<num> ** 3 % (1 << 1000));
        math.sqrt(abs(<float>)); math.exp(-abs(<float>)); math.atan2(<float>, <float>); math.fabs(<float>);
        math.degrees(<float>); float(repr(<float>)); sum([<float>, <float>, <num>]);
        round(math.fmod(<float>, 1e15), -<small>); round(<float>, <small>);
        struct.unpack('<f', struct.pack('<f', math.fmod(<float>, 1e9)))[0]; <num> - <float> * <num>;
        eval(str(<float>)); <float> // (<num> | 1); <float> % (<num> | 1); <bool> / (<num> | 1);
        max([<float>, <float>])""",
    "complex": """
        complex(<float>, <float>); <complex> + <complex>; <complex> * <float>; <complex> - <num>;
        <complex> * <complex>; 2j; 1.5j""",
    "bool": """
        <int> <comparison> <int>; <float> <comparison> <float>; <int> <comparison> <float>; <str> <comparison> <str>;
        <bytes> <comparison> <bytes>; <ints> <comparison> <ints>; <tuple> == <tuple>; <ints> != <list>;
        <set> <= <set>; <set> < <frozenset>; <set> == <frozenset>; <dict> == <dict>; <float> <comparison> <int>;
        not <any>; <bool> and <bool>; <bool> or <bool>; <int> < <int> <= <int>; <int> == <int> != <int>;
        <int> in <ints>; <int> not in <ints>; <str> in <str>; key(<str>) in <dict>; <int> in <set>;
        (<int> & 255) in <bytes>; <int> in <range>; <str> in <strs>; <any> is None; <any> is not None; bool(<any>);
        isinstance(<any>, str); isinstance(<any>, (list, tuple, dict)); <str>.startswith(<str>);
        <str>.endswith(<char>); plain(<str>).isdigit(); plain(<str>).isalpha(); plain(<str>).isupper();
        plain(<str>).islower(); <str>.isspace(); all(<list>); any(<ints>); any(i == <int> for i in <ints>);
        <set>.issubset(<ints>); <set>.isdisjoint(<range>); <set>.issuperset(<ints>); <any> == <any>; callable(<any>);
        hasattr(<any>, 'append'); <range> == <range>; <int> in <tuple>; <any> in <list>; math.isnan(<float>);
        math.isinf(<float>); <bytes> == <bytearray>; <complex> == <float>; <bool> == <int>;
        <ints> <comparison> sorted(<ints>); <any> != <any>; spy(<digit>, <bool>); <int> == float(<num>);
        float(<num>) <comparison> <int>; <one> <comparison> <float>; <int> < <float> < <int>; <bool> is <bool>;
        <str>.startswith(<char>, <index>); <bytes>.startswith(<bytes>); <bytes>.endswith(<bytes>); <bytes>.isdigit();
        <strs> <comparison> <strs>; <tuple> <comparison> <tuple>; spy(1, <int>) < spy(2, <int>) < spy(3, <int>);
        bool(spy(1, <any>) or spy(2, <bool>)); bool(spy(1, <any>) and <bool> and spy(3, <bool>));
        not (<bool> and not <bool>);
        (<any> and <any> or <any>) == <any>; <int> in {<int>, <int>}; <int> in (<int>, <int>); <int> not in [<int>];
        <str> in (<str>, <str>); <set> > <set>; <set> >= <set>; <set> != <set>; <frozenset> == <set>;
        any(c in <str> for c in <str>); hash(<atom>) == hash(<atom>) or True; memoryview(<bytes>) == <bytes>;
        <bytearray> <comparison> <bytes>; <dict> != <map>; key(<str>) not in <dict>.keys(); <int> in <dict>.values()""",
    "str": """
        <str> + <str>; <str> * <small>; <small> * <str>; <str>[<bound>:<bound>]; <str>[<index>]; str(<any1>);
        repr(<any1>); plain(<str>).upper(); plain(<str>).lower(); <str>.strip(); <str>.lstrip(<str>);
        <str>.rstrip(<char>); <str>.strip(<str>); <str>.replace(<str>, <str>); <str>.replace(<char>, <str>, <small>);
        <str>.join(<strs>); (<str> * 2).center(<width>); ','.join(str(i) for i in <ints>);
        <str>.partition(<char>)[<bit>]; <strs>[<index>]; '{1}-{0}'.format(<int>, <str>); <format>; <format>; <format>;
        <format>; hex(<int>); oct(<int>); bin(<int>); chr(<code>); <str>.encode()[<bound>:<bound>].decode();
        str(<str>.encode(), 'utf-8'); <str> if <bool> else <str>; <str> or <str>; <str> and <str>; max(<str>, <str>);
        min(<strs>); max(<strs>, key=len); <bytes>.hex(); (lambda <name>, *<name>: <str>)(<any>, <any>);
        'a' 'b' <strlit>; str(<float>); str(<int>); ''.join(reversed(<str>)); ''.join(sorted(<str>));
        ''.join([<str> for _ in <range>]); type(<any>).__name__; spy(<digit>, <str>); <str>.split(<char>, 1)[-1];
        str(<bytes>); str(<ints>); str(<dict>); repr(<strs>); str(<tuple>); repr(<list>);
        (<str> * 3)[<index>:<index>]; <str>.rstrip(); <str>.lstrip(); <str>[<index>:] + <str>[:<index>];
        <str>.replace('', <char>); <str>.replace(<str>, ''); '%s%r' % (<any1>, <any1>); '-'.join(map(str, <ints>));
        ''.join([c for c in <str> if c not in <str>]); (<str> if <bool> else <str>)[<bound>:<bound>];
        '{}{}'.format(<any1>, <any1>); <str>.encode().decode(); chr(ord(<char>) | 32); str(<digits>);
        ' '.join(<str>.split()); <strs>[<index>][<index>]; min(<str>, <str>, <str>);
        dict(zip(<strs>, <strs>)).get(key(<str>), <str>); '+'.join(<str>.splitlines());
        '{!a}'.format(<str>); '{!a:>9}|{!s}'.format(<str>, <str>)""",
    "bytes": """
        <bytes> + <bytes>; <bytes> * <small>; <bytes>[<bound>:<bound>]; <str>.encode(); bytes(<bytearray>);
        bytes(<small>); bytes([<byte>, <byte>]); bytes(i & 255 for i in <ints>); <bytes>.replace(<bytes>, <bytes>);
        <bytes>.strip(); <bytes>.upper(); <bytes>.join([<bytes>, <bytes>]); (<int> & 0xffff).to_bytes(<small>, 'big');
        bytes.fromhex(<hextext>); bytes(<str>, 'utf-8'); <bytes> or <bytes>; <bytes> if <bool> else <bytes>;
        b'%d %s' % (<int>, <bytes>); bytes(memoryview(<bytes>)[<bound>:<bound>]); <bytes>.split(b',')[<index>];
        struct.pack('>hIq', int(<small>), 7, int(<digit>)); struct.pack('<d', float(<float>)); <bytes>.lower();
        <bytes>.partition(b'a')[<bit>]; <bytes>.rsplit(b' ', 1)[<index>]; <bytes>.rstrip(b'ab'); <bytes>.lstrip();
        <bytes>.replace(b'', b'-'); b' '.join(<bytes>.split()); (<int> & 0xffffffffff).to_bytes(6, 'little');
        bytes(reversed(<bytes>)); bytes(sorted(<bytes>)); bytes([b & 127 for b in <bytes>]); bytes(range(<small>));
        bytes(memoryview(<bytes>)); struct.pack('<HhBb', int(<digit>), -int(<digit>), 255, -1);
        struct.pack('5s', bytes(<bytes>)); struct.pack('>f', math.fmod(<float>, 1e9)); b'%5d.%x' % (<int>, <int>);
        <bytes>[<bound>:] + <bytes>[:<bound>]; spy(<digit>, <bytes>); max(<bytes>, <bytes>)""",
    "bytearray": """
        bytearray(<bytes>); bytearray(<small>); bytearray(<bytes>) + <bytes>; <bytearray>[<bound>:<bound>]""",
    "ints": """
        [<int>, <int>, <int>]; [<int>]; []; <ints> + <ints>; <ints> * <small>; <ints>[<bound>:<bound>];
        <ints>[<bound>:<bound>:<step>]; <ints>.copy(); list(<range>); list(<ints>); sorted(<ints>); sorted(<set>);
        sorted(<ints>, reverse=bool(<bool>)); list(<bytes>); sorted(<ints>, key=lambda n: (n % 5, n));
        list(map(abs, <ints>)); list(map(lambda a, b: a + b, <ints>, <range>)); list(filter(None, <ints>));
        list(filter(lambda n: n > <int>, <ints>)); list(reversed(<ints>)); [*<ints>, *<range>]; list(<dict>.values());
        <listcomp>; <listcomp>; <ints> or <ints>; <ints> if <bool> else <ints>; [len(s) for s in <strs>];
        [a * b for a, b in zip(<ints>, <range>)]; [i for i, s in enumerate(<strs>, <small>)]; [ord(c) for c in <str>];
        list(i + 1 for i in <ints> if i != <int>); [x for xs in [<ints>, <ints>] for x in xs if x % 2];
        take(iter(<ints>), <small>); [*map(int, <range>)]; sorted(<ints>, key=lambda n: -n); spy(<digit>, <ints>);
        [<int>] * len(<sized>); [*<range>, *<set>][:0]; sorted(<ints> + <ints>); sorted(<ints>, key=lambda n: str(n));
        [i for i in <ints> if i in <set>]; [n for n in <range> if n % 2 if n % 3];
        [y for x in <range> for y in range(x % 4)]; (lambda *a: list(a))(*<ints>);
        (lambda *a, **k: list(a) + sorted(k.values()))(*<ints>, **{'x': <int>});
        list(zip(*[<ints>, <ints>]))[0:1] and <ints>; [sum(p) for p in zip(<ints>, <ints>)];
        [f() for f in [lambda i=i: i for i in <ints>]]; list(memoryview(<bytes>)); list(<tuple>[:0]) + <ints>;
        [max(a, b) for a, b in zip(<ints>, reversed(<ints>))];
        [d for d in map(lambda d: d * 2, filter(lambda d: d % 2, <ints>))]; list({}.fromkeys(<ints>));
        [k for k, v in {i: i for i in <ints>}.items()]; [ord(c) - 1 for c in <str> if c > 'a'];
        list(struct.unpack('<hh', struct.pack('<i', <small> - 3)))""",
    "strs": """
        [<str>, <str>]; <str>.split(); <str>.split(<char>); <str>.split(None, <small>); <str>.split(<char>, <small>);
        <str>.rsplit(<char>, <small>); <str>.splitlines(); <str>.splitlines(bool(<bool>)); list(<str>);
        [str(i) for i in <ints>]; [<str> for _ in <range>]; sorted(<strs>); sorted(<strs>, key=len); <strs> + <strs>;
        <strs>[<bound>:<bound>]; list(<dict>); sorted(<strs>, key=lambda s: plain(s).lower(), reverse=True);
        list(map(str, <ints>)); [plain(s).upper() for s in <strs> if s]; list(<str>.partition(<char>));
        list(<str>.rpartition(<str>)); [f'{s}-{i}' for i, s in enumerate(<strs>)]""",
    "list": """
        [<any1>, <any1>, <any1>]; [[<int>], <ints>]; list(<tuple>); <list> + <ints>; [<any1>] * <small>;
        list(zip(<ints>, <strs>)); list(enumerate(<strs>)); list(<dict>.items()); keyed(<dict>); keyed(<map>);
        ordered(<set>); ordered(<frozenset>); <list>[<bound>:<bound>]; [[j * i for j in <range>] for i in <range>];
        [(i, <int>) for i in <ints>]; [<any1> for _ in <range> if <bool>]; list(zip(<ints>, <range>, <str>));
        [spy(1, <any1>), spy(2, <any1>)]; [[c for c in s] for s in <strs>]; sorted(zip(<ints>, <strs>));
        [*<str>, *<ints>]; list(map(lambda *a: a, <ints>, <str>)); [(a, b) for a in <range> for b in <strs> if a];
        list(<map>.values()); list(<map>); [{i: s} for i, s in enumerate(<strs>)]; [<dict>, <ints>, <tuple>];
        list(filter(None, [<any1>, <any1>]))""",
    "tuple": """
        (<any1>, <any1>); (<int>,); (); <tuple> + <tuple>; <tuple> * <small>; tuple(<ints>); tuple(<str>);
        <tuple>[<bound>:<bound>]; divmod(<int>, <int>); <str>.partition(<char>); <str>.rpartition(<char>);
        (*<ints>, <any1>); tuple(<range>); <tuple> or <tuple>; tuple(i for i in <ints>); math.frexp(<float>);
        divmod(<float>, <float>); (1, 'a', 2.5); spy(<digit>, <tuple>);
        (spy(1, <int>), spy(2, <str>), spy(3, <float>));
        (lambda a, b=<int>, *c, d=<str>, **e: (a, b, c, d, keyed(e)))(<int>, <int>, <str>, d=<int>, e=<int>);
        (lambda a, *b: (b, a))(*<ints>); (lambda **k: tuple(keyed(k)))(a=<int>, **{'b': <str>});
        tuple(sorted(<ints>)); tuple(zip(<ints>, <strs>)); tuple(<dict>.items());
        struct.unpack('<bH', (<bytes> + b'abc')[:3]); (lambda a, b: (a, b))(b=spy(1, <int>), a=spy(2, <int>));
        max((<int>, <str>), (<int>, <str>)); min([(i % 3, i) for i in <ints>], default=());
        (<int> if <bool> else <str>,) * <small>""",
    "dict": """
        {<str0>: <int>, <str0>: <int>}; {}; dict(a=<int>, b=<int>); dict([(<str>, <int>)]); <dict>.copy();
        {**dict(<dict>), <str0>: <int>}; {s: len(s) for s in <strs>}; dict(zip(<strs>, <ints>)); <dict> | <dict>;
        dict(<dict>); dict(<dict>, z=<int>); {c: i for i, c in enumerate(<str>)}; dict.fromkeys(<strs>, <int>);
        {k: v for k, v in <dict>.items() if v != <int>}; {s: i for i, s in enumerate(sorted(<strs>))};
        {k + 'x': v for k, v in <dict>.items()}; dict(keyed(<dict>)); {**dict(<dict>), **dict(<dict>)};
        dict({'a': <int>}, b=<int>, **{'c': <int>}); spy(<digit>, <dict>)""",
    "map": """
        {<atom0>: <any1>, <atom0>: <any1>}; {<int0>: <str>, <float0>: <int>, <bool0>: <str>};
        {i: <any1> for i in <ints>}; dict(zip(<ints>, <strs>)); {(<int0>, <str0>): <any1>}; {<int0>: {<str0>: <int>}};
        {i: i * i for i in <range>}""",
    "set": """
        {<int>, <int>}; set(); set(<ints>); <set> | <set>; <set> & <set>; <set> - <set>; <set> ^ <set>;
        {i % 5 for i in <ints>}; set(<range>); <set>.union(<ints>); <set>.intersection(<ints>);
        <set>.difference(<range>); <set>.symmetric_difference(<set>); <set>.copy();
        {i for i in <ints> if i not in <set>}; set(<dict>.values()); set(map(abs, <ints>)); {*<ints>, <int>};
        set(<bytes>); <set>.difference(<ints>, <range>)""",
    "frozenset": """
        frozenset(<ints>); frozenset(<strs>); <frozenset> | <frozenset>; <frozenset> & <frozenset>; frozenset();
        frozenset((<int>, <str>))""",
    "range": """
        range(<small>); range(<small>, <index>); range(<index>, <index>, <step>); range(<index>, <small>);
        range(<small>)[<bound>:<bound>]""",
    "small": "<digit>; <digit>; <digit>; (<int> & 3); len(<str>[:<digit>]); abs(<int>) % 5",
    "shift": "<digit>; <int> & 63; <int> & 127",
    "sized": """
        <str>; <bytes>; <ints>; <strs>; <tuple>; <dict>; <set>; <range>; <bytearray>; <map>; <list>""",
    "atom": """
        <int>; <int>; <str>; <float>; <bool>; (<int>, <str>); None; <bytes>; <frozenset>; <num> * 1.0""",
    "any1": "<int>; <int>; <str>; <str>; <float>; <bool>; None; <tuple>; <ints>; <bytes>; <dict>",
    "any": """
        <int>; <str>; <float>; <bool>; None; <tuple>; <ints>; <strs>; <list>; <bytes>; <dict>; <map>; <set>; <range>;
        <bytearray>; <frozenset>; <complex>""",
    "num": "cut(<int>); cut(<int>); <digit>",
    "one": "(<int> | 1)",
    "bit": "0; 1; -1",
    "step": "1; 2; 3; -1; -2",
    "char": r"','; ' '; 'a'; 'b'; 'l'; '\n'; 'ab'; 'ä'; (<str> or 'x')",
    "strascii": "plain(<str>)",
    "code": "<digit> + 65; <digit> + 0x20a0; (<int> & 63) + 32; -<digit>; <digit> + 0x110000",
    "byte": "<digit>; <int> & 255",
    "comparison": "<; <=; ==; !=; >; >=",
    "digits": """
        str(<int>); str(abs(<int>)); '000' + str(abs(<int>)); bin(<int>); hex(<int>); oct(<int>);
        str(<int>)[:<digit>] + '0'; <numeral>""",
    "hextext": "'00ff'; 'a1 b2'; ''; '0g'; <bytes>.hex()",
}
