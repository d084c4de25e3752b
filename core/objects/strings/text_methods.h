#pragma once

#include "objects/model/members.h"

/// The methods that str, bytes and bytearray share; self is exactly one of them. Unless said otherwise they answer as
/// CPython's do, and know letters, digits and blanks of ASCII only.
namespace upy {

// ---- text_search.cpp ----
Result<Value> text_find(Vm& vm, Args args);  ///< self.find(part[, start[, end]]); of bytes also an int
Result<Value> text_rfind(Vm& vm, Args args);
Result<Value> text_index(Vm& vm, Args args);  ///< ValueError instead of -1
Result<Value> text_rindex(Vm& vm, Args args);
Result<Value> text_count(Vm& vm, Args args);
Result<Value> text_startswith(Vm& vm, Args args);  ///< the prefix may be a tuple of them
Result<Value> text_endswith(Vm& vm, Args args);
Result<Value> text_replace(Vm& vm, Args args);  ///< self itself if nothing is replaced

// ---- text_split.cpp ----
Result<Value> text_split(Vm& vm, Args args);
Result<Value> text_rsplit(Vm& vm, Args args);      ///< NotImplementedError for a limit without a separator
Result<Value> text_splitlines(Vm& vm, Args args);  ///< at \n, \r and \r\n
Result<Value> text_partition(Vm& vm, Args args);
Result<Value> text_rpartition(Vm& vm, Args args);
Result<Value> text_join(Vm& vm, Args args);

// ---- text_shape.cpp ----
Result<Value> text_strip(Vm& vm, Args args);
Result<Value> text_lstrip(Vm& vm, Args args);
Result<Value> text_rstrip(Vm& vm, Args args);
Result<Value> text_center(Vm& vm, Args args);  ///< an odd rest goes to the right
Result<Value> text_ljust(Vm& vm, Args args);
Result<Value> text_rjust(Vm& vm, Args args);
Result<Value> text_zfill(Vm& vm, Args args);

// ---- text_case.cpp ----
Result<Value> text_lower(Vm& vm, Args args);
Result<Value> text_upper(Vm& vm, Args args);
Result<Value> text_swapcase(Vm& vm, Args args);
Result<Value> text_capitalize(Vm& vm, Args args);
Result<Value> text_title(Vm& vm, Args args);
Result<Value> text_isspace(Vm& vm, Args args);
Result<Value> text_isalpha(Vm& vm, Args args);
Result<Value> text_isdigit(Vm& vm, Args args);
Result<Value> text_isalnum(Vm& vm, Args args);
Result<Value> text_isupper(Vm& vm, Args args);
Result<Value> text_islower(Vm& vm, Args args);

// ---- text_format.cpp ----
Result<Value> text_format(Vm& vm, Args args);  ///< self.format(*args, **keywords)

/// The rows of the shared methods in a member table.
inline constexpr Member kTextMembers[] = {
    {"capitalize"_n, native<text_capitalize, 1>},
    {"center"_n, native<text_center, 2, 3>},
    {"count"_n, native<text_count, 2, 4>},
    {"endswith"_n, native<text_endswith, 2, 4>},
    {"find"_n, native<text_find, 2, 4>},
    {"format"_n, native<text_format, 1, NativeFunction::kAny, NativeFunction::kKeywords>},
    {"index"_n, native<text_index, 2, 4>},
    {"isalnum"_n, native<text_isalnum, 1>},
    {"isalpha"_n, native<text_isalpha, 1>},
    {"isdigit"_n, native<text_isdigit, 1>},
    {"islower"_n, native<text_islower, 1>},
    {"isspace"_n, native<text_isspace, 1>},
    {"isupper"_n, native<text_isupper, 1>},
    {"join"_n, native<text_join, 2>},
    {"ljust"_n, native<text_ljust, 2, 3>},
    {"lower"_n, native<text_lower, 1>},
    {"lstrip"_n, native<text_lstrip, 1, 2>},
    {"partition"_n, native<text_partition, 2>},
    {"replace"_n, native<text_replace, 3, 4>},
    {"rfind"_n, native<text_rfind, 2, 4>},
    {"rindex"_n, native<text_rindex, 2, 4>},
    {"rjust"_n, native<text_rjust, 2, 3>},
    {"rpartition"_n, native<text_rpartition, 2>},
    {"rsplit"_n, native<text_rsplit, 1, 3>},
    {"rstrip"_n, native<text_rstrip, 1, 2>},
    {"split"_n, native<text_split, 1, 3>},
    {"splitlines"_n, native<text_splitlines, 1, 2, NativeFunction::kKeywords>},
    {"startswith"_n, native<text_startswith, 2, 4>},
    {"strip"_n, native<text_strip, 1, 2>},
    {"swapcase"_n, native<text_swapcase, 1>},
    {"title"_n, native<text_title, 1>},
    {"upper"_n, native<text_upper, 1>},
    {"zfill"_n, native<text_zfill, 2>},
};

}  // namespace upy
