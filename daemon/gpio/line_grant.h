#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace upyd {

/// How a GPIO line may be used.
enum class LineAccess : uint8_t {
  None,
  Input,   ///< be read and watched
  Output,  ///< that, and be written
};

/// Which GPIO lines an instance may use, and how. A line may be used as any of the patterns allows that match its id
/// ("CHIP:OFFSET") or its name. Patterns are those of the shell.
class LineGrant {
 public:
  using Patterns = std::vector<std::string>;
  /// No line at all.
  LineGrant() = default;
  /// Lines for any use, and further ones for input only.
  LineGrant(Patterns lines, Patterns inputs) : lines_(std::move(lines)), inputs_(std::move(inputs)) {}

  /// `name` may be empty: then only the id counts.
  LineAccess access(const std::string& id, const std::string& name) const;

 private:
  Patterns lines_, inputs_;
};

}  // namespace upyd
