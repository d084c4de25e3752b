#pragma once

#include <compare>
#include <string>
#include <string_view>

/// Packages of MicroPython as mip and mpremote know them: where they lie, what they consist of, and how they are
/// installed. Source: docs/reference/packages.rst of MicroPython.
namespace mip {

/// The index of micropython-lib.
inline constexpr std::string_view kDefaultIndex = "https://micropython.org/pi/v2";

/// A package as a user, or another package, asks for it.
struct PackageRequest {
  /// A name of the index; a URL (http:, https:, github:, gitlab:, codeberg:) of a package.json, of the directory that
  /// holds one, or of a file of Python; or the path of such a file or package.json on this machine.
  std::string package;
  std::string version;  ///< of the index, or a branch or tag; empty: the latest, or the default branch

  auto operator<=>(const PackageRequest&) const = default;
};

/// Reads "PACKAGE" or "PACKAGE@VERSION".
PackageRequest parse_request(std::string_view word);

/// Whether that is a URL, of those that a package may have.
bool is_url(std::string_view location);

/// The http or https URL that a URL stands for.
std::string web_url(std::string_view url, std::string_view version);

/// The location of `name` beside the file or URL `base`; `name` itself when it is a URL.
std::string beside(std::string_view base, std::string_view name);

}  // namespace mip
