#pragma once

#include <span>
#include <string_view>

#include "compiler/front/arena.h"
#include "compiler/front/first_error.h"

namespace upy {

/// What a literal makes: a str, whose content is UTF-8, or bytes.
enum class ContentKind { Str, Bytes };

/// Why the body of a literal is wrong.
enum class StringFault {
  None,
  Malformed,   ///< a bad escape, or one for a character that the literal can't hold
  NameEscape,  ///< \N{...}, which is not supported
  NotUtf8,     ///< a str that is not valid UTF-8 in the source
};

/// Decodes `body`, what stands between the quotes: resolves escapes and has each line end with LF. `text` becomes the
/// content; it lies in `arena`, or is `body` itself where there is nothing to decode. Lone surrogates are encoded as
/// three bytes. Bytes take characters beyond ASCII as the source encodes them. Asks `error` whether to end early; the
/// answer then does not matter.
StringFault decode_string(std::string_view body, ContentKind content, Arena& arena, FirstError& error,
                          std::string_view& text);

/// The same for a raw literal, where backslashes stand for themselves.
StringFault decode_raw_string(std::string_view body, ContentKind content, Arena& arena, FirstError& error,
                              std::string_view& text);

/// The concatenation of `texts`; it lies in `arena`, or is the only text itself.
std::string_view join(std::span<const std::string_view> texts, Arena& arena);

}  // namespace upy
