"""Definitions for classes, with holes as in templates.py: each is followed by what may be written of an object of the
class, `<self>`, as `> type: expression` or `> statement: code`. `.state` is an int, `.items` a list of int.
"""

TEXT = """
def __add__(self, other):
    return self.state + (other if isinstance(other, int) else <int>)
> int: <self> + <int>
> int: <self> + <self>

def __radd__(self, other):
    show('radd', other)
    return <int>
> int: <int> + <self>
> int: <float> + <self>

def __iadd__(self, other):
    self.state = cap(self.state + <int>)
    return self

def __sub__(self, other):
    return NotImplemented
> any: <self> - <int>

def __rsub__(self, other):
    return (<int>, other)
> any: <int> - <self>
> any: <str> - <self>

def __mul__(self, other):
    return (self.state, other)
> tuple: <self> * <any1>
> any: <int> * <self>

def __truediv__(self, other):
    return cut(self.state) / cut(other)
> float: <self> / <int>

def __floordiv__(self, other):
    return self.state // other
> int: <self> // <int>

def __mod__(self, other):
    return self.state % other
> int: <self> % <int>

def __pow__(self, other):
    return ('pow', other)
> tuple: <self> ** <int>

def __lshift__(self, other):
    return ('<<', other)
> tuple: <self> << <any1>

def __and__(self, other):
    return ('&', other)
> tuple: <self> & <any1>

def __or__(self, other):
    return ('|', other)
> tuple: <self> | <any1>

def __xor__(self, other):
    return ('^', other)
> tuple: <self> ^ <any1>

def __neg__(self):
    return -self.state
> int: -<self>

def __invert__(self):
    return ~self.state
> int: ~<self>

def __abs__(self):
    return abs(self.state)
> int: abs(<self>)

def __eq__(self, other):
    show('eq')
    return self is other or other == <int>
> bool: <self> == <int>
> bool: <self> != <any1>
> bool: <self> in [<int>, <self>]
> bool: <int> == <self>

def __lt__(self, other):
    return self.state < (other if isinstance(other, int) else other.state)
> bool: <self> < <int>
> bool: <self> < <self>
> bool: <self> > <self>
> any: sorted([<self>, <self>])

def __hash__(self):
    return self.state % 7
> bool: hash(<self>) == <self>.state % 7
> any: {<self>: <int>}[<self>]

def __bool__(self):
    return self.state > <int>
> bool: not <self>
> int: <int> if <self> else <int>

def __len__(self):
    return len(self.items)
> int: len(<self>)
> bool: bool(<self>)

def __getitem__(self, key):
    return self.items[key]
> int: <self>[<index>]
> ints: <self>[<bound>:<bound>]
> ints: list(<self>)
> bool: <int> in <self>

def __getitem__(self, key):
    return ('item', key)
> tuple: <self>[<int>, <str>]
> tuple: <self>[<any1>]

def __setitem__(self, key, value):
    self.items.append(<int>)
    show(key, value)
> statement: <self>[<index>] = <int>
> statement: <self>[<str>] = <self>[<int>:<bound>] = <any1>

def __delitem__(self, key):
    show('del', key)
> statement: del <self>[<any1>]

def __contains__(self, item):
    return item == <int>
> bool: <int> in <self>
> bool: <str> not in <self>

def __iter__(self):
    return iter(self.items)
> ints: list(<self>)
> ints: sorted(<self>)
> ints: [i for i in <self>]
> int: sum(<self>)
> tuple: (*<self>,)

def __iter__(self):
    yield <int>
    yield from self.items
> ints: list(<self>)
> int: max(<self>)

def __iter__(self):
    self.left = 3
    return self
def __next__(self):
    self.left -= 1
    if self.left < 0:
        raise StopIteration
    return <int>
> ints: list(<self>)
> int: next(iter(<self>))
> tuple: tuple(<self>)

def __reversed__(self):
    return reversed(self.items)
> ints: list(reversed(<self>))

def __call__(self, a, b=2, *rest):
    return (a, b, rest, self.state)
> tuple: <self>(<int>)
> tuple: <self>(<str>, b=<int>)

def __str__(self):
    return 'str' + <str>
> str: str(<self>)
> str: '%s' % (<self>,)
> str: f'{<self>}'

def __repr__(self):
    return 'repr' + str(self.state)
> str: repr(<self>)
> str: '{!r:>9}'.format(<self>)
> str: str([<self>])

def __getattr__(self, name):
    if name == 'shown' or name[:2] == '__':
        raise AttributeError(name)
    return ('attr', name)
> tuple: <self>.absent
> any: getattr(<self>, <strlit>, <int>)
> bool: hasattr(<self>, 'other')

def __setattr__(self, name, value):
    object.__setattr__(self, name, value)

def __enter__(self):
    show('enter')
    return self.state
def __exit__(self, kind, error, trace):
    show(kind and error_name(error))
    return <bool>
> statement: with <self> as entered: show(entered); raise KeyError

@property
def double(self):
    return self.state * 2
> int: <self>.double

@property
def level(self):
    return self.items[<index>]
@level.setter
def level(self, value):
    show('set', value)
    self.items[<index>] = value
@level.deleter
def level(self):
    show('del')
> int: <self>.level

@staticmethod
def fixed(a, b=<int>):
    return (a, b)
> tuple: <self>.fixed(<int>)
> tuple: <class>.fixed(<int>, <str>)

@classmethod
def make(cls, state=<int>):
    return cls(state).state
> int: <self>.make(<int>)
> int: <class>.make()

kind = <str>
> str: <self>.kind
> str: <class>.kind

def __float__(self):
    return <float>
> float: float(<self>)

def __int__(self):
    return self.state
> int: int(<self>)

def __index__(self):
    show('index')
    return self.state % 5
> any: <ints>[<self>]
> any: <str>[<self>:]
> any: <bytes>[:<self>]
> any: <tuple>[<self>]
> any: <str> * <self>
> any: <ints> * <self>
> str: hex(<self>)
> any: list(range(<self>))
> str: '%d' % <self>
> statement: <ints>[<self>] = <int>
"""


def parse(block):
    """(definition, [(type, use)]) of a block."""
    lines = block.split("\n")
    uses = [line[2:].split(": ", 1) for line in lines if line.startswith("> ")]
    return "\n".join(line for line in lines if not line.startswith("> ")), uses


PROTOCOLS = [parse(block) for block in TEXT.strip().split("\n\n")]
