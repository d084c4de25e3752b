"""Classes derived from native types, and uses of their objects, which are those of the native type."""

from textwrap import dedent

from expressions import split_templates

# By the type of its objects: a native type, definitions that override, and uses of <self>, an object of the class.
NATIVES = {
    "ints": ("list", """
        def append(self, item):
            show('append', item)
            super().append(item)

        def __len__(self):
            return 7

        def __contains__(self, item):
            return item == <int>

        def total(self):
            return sum(self) + len(self)

        def __eq__(self, other):
            return 'equal'

        def __iadd__(self, other):
            self.append(<int>)
            return self
        """, """
        list(<self>); <self>[<index>]; <self> + <ints>; [<int>] + list(<self>); len(<self>); <int> in <self>;
        sorted(<self>); <self>.append(<int>); <self>.extend(<ints>); <self>.pop(); <self>[<bound>:<bound>];
        <self> == <ints>; [i for i in <self>]; <self>.total(); <self>.index(<int>); sum(<self>); bool(<self>);
        isinstance(<self>, list); <self>.copy(); <self> * 2; <self>.sort(); max(<self>, default=0);
        (lambda *a: a)(*<self>); <self>.insert(<index>, <int>); <ints> + <self>"""),
    "dict": ("dict", """
        def __getitem__(self, key):
            return ('got', key)

        def __setitem__(self, key, value):
            show('set', key)
            super().__setitem__(key, value)

        def get(self, key, default=None):
            return super().get(key, <int>)

        def first(self):
            return list(self.items())[:1]
        """, """
        <self>[<str>]; <self>.get(<str>); list(<self>); dict(<self>.items()); len(<self>); <str> in <self>;
        list(<self>.values()); <self>.update(a=<int>); <self>.setdefault(<str>, <int>); <self>.pop(<str>, <int>);
        <self> == <dict>; <self>.first(); isinstance(<self>, dict); bool(<self>); keyed(<self>)[:1];
        <self>[<str>] = <int>"""),
    "str": ("str", """
        def upper(self):
            return 'up'

        def __add__(self, other):
            return ('add', other)

        def twice(self):
            return self * 2

        def __len__(self):
            return 3

        def __str__(self):
            return 'text'
        """, """
        <self> + <str>; <str> + <self>; <self>[<index>]; <self> == <str>; <self>.upper(); <self>.find(<char>);
        len(<self>); <self>.twice(); {<self>: 1}[<str>]; <char> in <self>; '-'.join([<str>, <self>]); str(<self>);
        '%s.' % <self>; f'{<self>}.'; <self>.split(); isinstance(<self>, str); <self>.encode(); [c for c in <self>];
        <self> < <str>; <self> * 2; '{:>9}.'.format(<self>)"""),
    "int": ("int", """
        def __add__(self, other):
            return ('add', other)

        def half(self):
            return self // 2

        def __repr__(self):
            return 'int!'

        def __lt__(self, other):
            return 'less'

        def __bool__(self):
            return False
        """, """
        <self> + <int>; <int> + <self>; <self> * 2; <self> == <int>; -<self>; <self>.half(); {<self>: 1}[<int>];
        <self> < <int>; <self> if <self> else 'false'; int(<self>); <self> ** 2; [<int>, <int>][<self> % 2];
        abs(<self>); <self> & 255; '%d' % <self>; isinstance(<self>, int); cut(<self>) / 3; float(<self> % 1000);
        divmod(<self>, 7)"""),
    "tuple": ("tuple", """
        def first(self):
            return self[:1]

        def __len__(self):
            return 5

        def __getitem__(self, key):
            return ('got', key)
        """, """
        <self>[<index>]; <self> + <tuple>; <self> == <tuple>; tuple(<self>); len(<self>); [i for i in <self>];
        <self>.first(); <self>.count(<int>); hash(<self>) == hash(tuple(<self>)); isinstance(<self>, tuple);
        (lambda *a: a)(*<self>); <self> * 2"""),
}


class Natives:
    """Adds such classes to the statements that `statements` can make."""

    def __init__(self, statements, classes):
        self._statements = statements
        self._classes = classes
        self._random = statements.random
        self._source = statements.source
        statements.add_maker(0.7, self._native_class)

    def _native_class(self):
        s, random = self._statements, self._random
        name, made = s.expressions.fresh_name(), s.expressions.fresh_name()
        kind = random.choice(list(NATIVES))
        native, definitions, uses = NATIVES[kind]
        definitions = dedent(definitions).strip().split("\n\n")
        uses = split_templates(uses)
        with self._source.block(f"class {name}({native})"):
            for definition in random.sample(definitions, random.randint(0, 2)):
                self._classes.add_lines(definition)
            if s.chance(0.3):
                self._source.line("mark = 'm'")
        value = s.of(kind)
        self._source.line(f"{made} = {name}({f'plain({value})' if kind == 'str' else value})")
        for use in random.sample(uses, random.randint(3, 9)):
            self._classes.add_use(use, made)
        if s.chance(0.3):
            self._classes.add_guarded(f"{made}.extra = <int>\nshow({made}.extra, {made}.mark)")
