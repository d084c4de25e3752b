#include "posix/machine_id.h"

#include <unistd.h>

#include <climits>
#include <cstdint>
#include <fstream>

namespace upy {
namespace {

/// FNV-1a, 64 bits.
uint64_t hash(const std::string& text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  return hash;
}

std::string host_name() {
  char name[HOST_NAME_MAX + 1] = {};
  gethostname(name, HOST_NAME_MAX);
  return name;
}

}  // namespace

std::string machine_id() {
  std::string text;
  std::ifstream("/etc/machine-id") >> text;
  const uint64_t number = hash(text.empty() ? host_name() : text);
  std::string id;
  for (unsigned shift = 0; shift < 64; shift += 8) id += static_cast<char>(number >> shift);
  return id;
}

}  // namespace upy
