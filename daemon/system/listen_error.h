#pragma once

#include <stdexcept>

namespace upyd {

/// An address that can't be listened on; what() says why.
class ListenError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace upyd
