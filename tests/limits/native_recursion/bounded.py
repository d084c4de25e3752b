"""Recursion that needs no check of the stack, because something else bounds it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounded:
    """`functions` is a pattern that the names of all functions in the recursion match; `levels` how deep it goes, each
    level taking a frame of every function of it; or, where that would be far too much, `bytes` what all of it takes."""
    functions: str
    reason: str
    levels: int = 0
    bytes: str = ""  # the name of a constant in the sources


LOGARITHMIC = 64  # each level has half of the work of the one before, and sizes are numbers of 64 bits

BOUNDED = [
    # ---- the compiler ----
    Bounded(r"^Parser::|Generator::|Collector::", "kMaxNesting and kMaxTreeDepth (parser.h); the test CompilerStack measures",
            bytes="kCompilerStackBytes"),
    Bounded(r"^ast::Literal::to_constant|^key_of\(ast::Literal", "kMaxFoldedDepth (folding.h)", levels=101),
    # ---- blobs ----
    Bounded(r"^std::vector<Constant|^Constant::~|[cC]onstant\(", "kMaxUnitNesting (blob.h)", levels=251),
    Bounded(r"CodeUnit|^Reader::unit|^Lister::list", "kMaxUnitNesting (blob.h)", levels=251),
    # ---- numbers ----
    Bounded(r"^big::", "divides its numbers", levels=LOGARITHMIC),
    Bounded(r"^product\(", "of math.perm and comb: divides the range", levels=LOGARITHMIC),
    # ---- what consists of two parts ----
    Bounded(r"^(find|instance|view|frame_buffer)_buffer\(", "an instance's native part and a view's owner are no instance and "
            "no view, what a frame buffer draws in is no frame buffer and no view of one", levels=3),
    Bounded(r"^add_object\(", "an instance's native part is no instance", levels=2),
    Bounded(r"^(Writer|StrBuilder|StreamWriter|Gatherer|TwoWriters)::|^Vm::(raise|raise_os_error|memory_error|too_large)\(|"
            r"^(write_error|write_readable|readable_text_of_host|print|Str::make|Str::make_raw)\(",
            "an error whose text needs memory may become a MemoryError, whose text needs none; what a Gatherer or "
            "TwoWriters write to is none of these", levels=2),
    Bounded(r"KernelWatchdog::start", "what is told that a watchdog expired asks an instance to stop, and no more", levels=1),
    Bounded(r"^Instance::post", "passes it on to the mailbox's sink", levels=1),
    Bounded(r"::~|^finalize\(|::_M_(dispose|manager|release)", "nothing owns what owns it", levels=1),
    # ---- the standard library ----
    Bounded(r"^std::_Rb_tree<.*::_M_erase", "the tree is balanced", levels=LOGARITHMIC),
    Bounded(r"^void std::__(merge|inplace_stable_sort|stable_sort|introsort)", "halves its range", levels=LOGARITHMIC),
]
