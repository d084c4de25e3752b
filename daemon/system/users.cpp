#include "system/users.h"

#include <grp.h>
#include <pwd.h>

#include <charconv>

namespace upyd {
namespace {

constexpr size_t kNameBufferBytes = 16u << 10;

std::optional<id_t> number(const std::string& text) {
  id_t id = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, id);
  return error == std::errc() && rest == end ? std::optional(id) : std::nullopt;
}

}  // namespace

std::optional<uid_t> find_user(const std::string& name) {
  char buffer[kNameBufferBytes];
  passwd entry;
  passwd* found = nullptr;
  getpwnam_r(name.c_str(), &entry, buffer, sizeof buffer, &found);
  return found ? std::optional(found->pw_uid) : number(name);
}

std::optional<gid_t> find_group(const std::string& name) {
  char buffer[kNameBufferBytes];
  group entry;
  group* found = nullptr;
  getgrnam_r(name.c_str(), &entry, buffer, sizeof buffer, &found);
  return found ? std::optional(found->gr_gid) : number(name);
}

}  // namespace upyd
