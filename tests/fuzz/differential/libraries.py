"""Objects of the library, and what may be done with one: tables of uses, with <self> for the object."""

from expressions import split_templates

OBJECTS = {
    "io.StringIO(<strascii>)": """
        <self>.read(); <self>.read(<digit>); <self>.readline(); <self>.write(<strascii>); <self>.seek(<digit>);
        <self>.tell(); <self>.getvalue(); <self>.readlines(); [line for line in <self>]; <self>.seek(0, 2);
        next(<self>); <self>.seek(0)""",
    "io.BytesIO(<bytes>)": """
        <self>.read(); <self>.read(<digit>); <self>.readline(); <self>.write(<bytes>); <self>.seek(<digit>);
        <self>.tell(); <self>.getvalue(); <self>.readlines(); <self>.seek(0, 2); <self>.readinto(bytearray(<digit>));
        <self>.seek(0); <self>.write(<bytearray>)""",
    "collections.deque(<ints>, 4)": """
        <self>.append(<int>); <self>.appendleft(<int>); <self>.pop(); <self>.popleft(); len(<self>); list(<self>);
        <self>.extend(<ints>); <self>[<digit>]; bool(<self>); <self>[0]; <int> in list(<self>)""",
    "collections.namedtuple('Point', ('x', 'y', 'z'))(<int>, z=<str>, y=<float>)": """
        <self>.x; <self>[<index>]; <self>.y, <self>.z; len(<self>); list(<self>); tuple(<self>) == <self>;
        <self> + (1,); <self>.w; (lambda a, b, c: (c, a))(*<self>); <self>.count(<int>); <self>[1:];
        <self> == (1, 2, 3); isinstance(<self>, tuple); hash(<self>) == hash(tuple(<self>))""",
    "collections.OrderedDict([(<str>, <int>), (<str>, <int>), ('k', <int>)])": """
        list(<self>); <self>.popitem(); <self>.pop(<str>, <int>); <self>.update({<str0>: <int>});
        list(<self>.items()); <self>['k']; len(<self>); <self>[<str>] = <int>; <self> == <dict>;
        <self>.setdefault(<str>, <int>); dict(<self>)""",
    "array.array('i', [<small>, <small>, <byte>])": """
        <self>[<index>]; <self>.append(<small>); <self>.extend(array.array('i', [<byte>])); len(<self>); list(<self>);
        <self>[<bound>:<bound>] == <self>; list(<self> + <self>); list(<self>[<bound>:<bound>]);
        <self>[<index>] = <byte>; bytes(<self>); list(memoryview(<self>)); sum(<self>)""",
    "memoryview(bytearray(<bytes>))": """
        <self>[<index>]; bytes(<self>[<bound>:<bound>]); len(<self>); list(<self>); <self>[<index>] = <byte>;
        <self> == <bytes>; bytes(<self>[<bound>:<bound>][<bound>:<bound>]);
        <self>[<bound>:<bound>] == <self>[<bound>:<bound>]; bytes(<self>); <byte> in list(<self>)""",
    "iter(<ints>)": """
        next(<self>); next(<self>, 'end'); list(<self>); take(<self>, 2); <int> in <self>; sum(<self>);
        iter(<self>) is <self>""",
    "zip(<ints>, <str>, <range>)": """
        next(<self>); next(<self>, 'end'); list(<self>); take(<self>, 1); dict([t[:2] for t in <self>])""",
    "map(lambda a: 6 // a, <ints>)": """
        next(<self>); next(<self>, 'end'); list(<self>); [i for i in <self> if i]; sum(<self>)""",
    "filter(lambda a: a % 2, <ints>)": "next(<self>); next(<self>, 'end'); tuple(<self>); max(<self>)",
    "enumerate(<strs>, <small>)": "next(<self>); next(<self>, 'end'); list(<self>); dict(<self>)",
    "reversed(<ints>)": "next(<self>); next(<self>, 'end'); list(<self>)",
    "iter([<int>, <int>, 2, <int>].pop, 2)": "next(<self>); next(<self>, 'end'); list(<self>); sum(<self>)",
    "[<int>, <int>, <int>]": """
        <self>.extend(<self>); <self>[<bound>:<bound>] == <self>; <self>[<index>] = <self>[<index>];
        <self> + <self> == <self> * 2; <self>.insert(1, <self>[0]); <self>.sort(key=lambda n: 60 // n);
        <self>.count(<self>[0]); <self>.index(<self>[-1], <index>); [<self>.pop() for _ in <self>];
        [i for i in <self> if not (len(<self>) < 9 and <self>.append(i))]; sorted(<self>, key=<self>.index)""",
    "type('Made', (object,), {'x': <int>, 'get': lambda self, n: (n, self.x)})()": """
        <self>.x; <self>.get(<int>); setattr(<self>, 'y', <int>); getattr(<self>, 'y', <int>); delattr(<self>, 'y');
        hasattr(<self>, 'x'); type(<self>).__name__; type(<self>).get(<self>, <int>);
        setattr(type(<self>), 'x', <int>)""",
    "ValueError(<int>, <str>)": """
        <self>.args; isinstance(<self>, Exception); type(<self>).__name__; issubclass(type(<self>), ArithmeticError);
        str(<self>) == repr(<self>.args)""",
}


class Libraries:
    """Adds such objects to the statements that `statements` can make."""

    def __init__(self, statements, classes):
        self._statements = statements
        self._classes = classes
        statements.add_maker(1, self._use)

    def _use(self):
        s = self._statements
        made = s.expressions.fresh_name()
        constructor, uses = s.random.choice(list(OBJECTS.items()))
        uses = split_templates(uses)
        s.source.line(f"{made} = {s.expressions.fill(constructor, 2)}")
        for _ in range(s.random.randint(2, 8)):
            self._classes.add_use(s.random.choice(uses), made)
