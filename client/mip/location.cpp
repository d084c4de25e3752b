#include "mip/location.h"

#include <array>
#include <stdexcept>

namespace mip {
namespace {

/// A site that hosts repositories: PREFIX org/repo/path stands for BEFORE org/repo MIDDLE version SLASH path, or has
/// the version as the URL's query.
struct Site {
  std::string_view prefix, before, middle;
  bool version_last;
};
constexpr std::array kSites{
    Site{"github:", "https://raw.githubusercontent.com/", "/", false},
    Site{"gitlab:", "https://gitlab.com/", "/-/raw/", false},
    Site{"codeberg:", "https://codeberg.org/api/v1/repos/", "/raw/", true},
};

bool is_web_url(std::string_view location) {
  return location.starts_with("http://") || location.starts_with("https://");
}

/// Takes what stands before the first '/', and that.
std::string_view take_part(std::string_view& text) {
  const std::string_view part = text.substr(0, text.find('/'));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

std::string url_at(const Site& site, std::string_view url, std::string_view version) {
  std::string_view path = url.substr(site.prefix.size());
  const std::string organisation(take_part(path));
  const std::string repository(take_part(path));
  if (organisation.empty() || repository.empty())
    throw std::invalid_argument("'" + std::string(url) + "' names no repository: write " + std::string(site.prefix) +
                                "ORGANISATION/REPOSITORY");
  const std::string branch(version.empty() ? "HEAD" : version);
  const std::string start = std::string(site.before) + organisation + "/" + repository + std::string(site.middle);
  return site.version_last ? start + std::string(path) + "?ref=" + branch : start + branch + "/" + std::string(path);
}

}  // namespace

PackageRequest parse_request(std::string_view word) {
  if (is_web_url(word)) return {std::string(word), ""};  // '@' is part of it
  const size_t at = word.find('@');
  if (at == std::string_view::npos) return {std::string(word), ""};
  return {std::string(word.substr(0, at)), std::string(word.substr(at + 1))};
}

bool is_url(std::string_view location) {
  if (is_web_url(location)) return true;
  for (const Site& site : kSites) {
    if (location.starts_with(site.prefix)) return true;
  }
  return false;
}

std::string web_url(std::string_view url, std::string_view version) {
  for (const Site& site : kSites) {
    if (url.starts_with(site.prefix)) return url_at(site, url, version);
  }
  return std::string(url);
}

std::string beside(std::string_view base, std::string_view name) {
  if (is_url(name)) return std::string(name);
  const size_t slash = base.rfind('/');
  return std::string(slash == std::string_view::npos ? "" : base.substr(0, slash + 1)) + std::string(name);
}

}  // namespace mip
