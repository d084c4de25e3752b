#include "mip/installer.h"

#include <nettle/sha2.h>

#include <array>
#include <utility>

namespace mip {
namespace {

std::string sha256(const std::string& bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const uint8_t*>(bytes.data()));
  std::array<uint8_t, SHA256_DIGEST_SIZE> digest;
  sha256_digest(&context, digest.size(), digest.data());
  std::string text;
  for (const uint8_t byte : digest) {
    constexpr char kDigits[] = "0123456789abcdef";
    text += {kDigits[byte >> 4], kDigits[byte & 0xF]};
  }
  return text;
}

bool is_python(const std::string& location) { return location.ends_with(".py"); }

/// upyd runs sources; a .mpy file is code of MicroPython's own interpreter.
void refuse_mpy(const std::string& location) {
  if (location.ends_with(".mpy"))
    throw PackageError("'" + location + "' is compiled for MicroPython's own interpreter: install the .py file");
}

std::string without_slash(std::string path) {
  while (path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

Installer::Installer(Source& source, Destination& destination, std::string index, std::string target)
    : source_(source),
      destination_(destination),
      index_(without_slash(std::move(index))),
      target_(without_slash(std::move(target))) {}

void Installer::add(const PackageRequest& request) {
  std::vector<PackageRequest> wanted{request};
  while (!wanted.empty()) {
    const PackageRequest next = std::move(wanted.back());
    wanted.pop_back();
    if (!seen_.insert(next).second) continue;
    if (seen_.size() > kMostPackages)
      throw PackageError("'" + request.package + "' needs more than " + std::to_string(kMostPackages) + " packages");
    add_one(next, wanted);
  }
}

void Installer::add_one(const PackageRequest& request, std::vector<PackageRequest>& dependencies) {
  const std::string& package = request.package;
  refuse_mpy(package);
  if (is_python(package)) {
    const std::string name = package.substr(package.rfind('/') + 1);
    return add_file({checked_path(name, package), package, request.version, ""});
  }
  if (package.ends_with(".json")) return add_manifest(package, request, dependencies);
  if (is_url(package)) return add_manifest(without_slash(package) + "/package.json", request, dependencies);
  const std::string version = request.version.empty() ? "latest" : request.version;
  add_manifest(index_ + "/package/py/" + package + "/" + version + ".json", request, dependencies);
}

void Installer::add_manifest(const std::string& location, const PackageRequest& request,
                             std::vector<PackageRequest>& dependencies) {
  const auto text = source_.get(web_url(location, request.version));
  if (!text) {
    const std::string version = request.version.empty() ? "" : " in version '" + request.version + "'";
    throw PackageError("there is no package '" + request.package + "'" + version + " (no '" +
                       web_url(location, request.version) + "')");
  }
  const Manifest manifest = parse_manifest(*text, location, request.version, index_);
  for (const PackageFile& file : manifest.files) add_file(file);
  dependencies.insert(dependencies.end(), manifest.dependencies.rbegin(), manifest.dependencies.rend());
}

/// Of several packages that bring a file of the same path, the first one asked for has it.
void Installer::add_file(const PackageFile& file) {
  const std::string path = target_ + "/" + file.path;
  if (!files_.contains(path)) files_.emplace(path, fetch(file, path));
}

/// The bytes of a file; nothing when it is there already.
std::optional<std::string> Installer::fetch(const PackageFile& file, const std::string& path) {
  refuse_mpy(file.location);
  refuse_mpy(file.path);
  const std::string there = destination_.sha256(path);
  if (!file.hash.empty() && there.starts_with(file.hash)) return std::nullopt;
  const std::string url = web_url(file.location, file.version);
  auto bytes = source_.get(url);
  if (!bytes) throw PackageError("there is no file '" + url + "'");
  const std::string hash = sha256(*bytes);
  if (!hash.starts_with(file.hash)) throw PackageError("'" + url + "' is damaged: its hash is another");
  if (hash == there) return std::nullopt;
  bytes_ += bytes->size();
  if (bytes_ > kMostBytes)
    throw PackageError("the packages are larger than " + std::to_string(kMostBytes >> 20) + " MiB together");
  return bytes;
}

void Installer::install(const OnFile& on_file) {
  for (const auto& [path, bytes] : files_) {
    if (bytes) destination_.write(path, *bytes);
    on_file(path, bytes ? Done::Written : Done::WasThere);
  }
}

}  // namespace mip
