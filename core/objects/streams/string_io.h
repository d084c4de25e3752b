#pragma once

#include "objects/runtime/type.h"

namespace upy {

extern const Type string_io_type, bytes_io_type;

/// StringIO and BytesIO: a file in the instance's heap. Positions are bytes in both.
struct StringIo : Object {
  Value source;          ///< the str or bytes whose content this is, until the first write; null then
  ByteStorage* storage;  ///< the content after the first write; null while capacity is 0
  size_t size;           ///< of the content, in bytes
  size_t capacity;       ///< of the storage, in bytes
  size_t position;       ///< of the next read or write; may lie behind the end
  bool closed;

  std::string_view content();
};

}  // namespace upy
