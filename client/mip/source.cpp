#include "mip/source.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "mip/curl.h"
#include "mip/location.h"
#include "mip/manifest.h"

namespace mip {
namespace {

constexpr long kConnectSeconds = 15;
constexpr long kSilentSeconds = 30;  // without a byte
constexpr long kMostRedirects = 10;
constexpr long kOk = 200;
constexpr long kNotFound = 404;

std::string too_large(const std::string& location) {
  return "'" + location + "' is larger than " + std::to_string(Source::kMostBytes >> 20) + " MiB";
}

std::optional<std::string> read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file && errno == ENOENT) return std::nullopt;
  std::string bytes(Source::kMostBytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || !file.eof()) {
    if (!file) throw PackageError("cannot read '" + path + "': " + std::strerror(errno));
    throw PackageError(too_large(path));
  }
  bytes.resize(static_cast<size_t>(file.gcount()));
  return bytes;
}

/// libcurl's CURLOPT_WRITEFUNCTION: taking less than all ends the transfer.
size_t take_bytes(char* data, size_t, size_t size, void* bytes) {
  std::string& text = *static_cast<std::string*>(bytes);
  if (size > Source::kMostBytes - text.size()) return 0;
  text.append(data, size);
  return size;
}

}  // namespace

struct Source::Web {
  Web() {
    if (!transfer) throw PackageError("libcurl can't be set up");
    curl.easy_setopt(transfer.get(), CURLOPT_NOSIGNAL, 1L);
    curl.easy_setopt(transfer.get(), CURLOPT_USERAGENT, "upyctl");
    curl.easy_setopt(transfer.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl.easy_setopt(transfer.get(), CURLOPT_FOLLOWLOCATION, 1L);
    curl.easy_setopt(transfer.get(), CURLOPT_MAXREDIRS, kMostRedirects);
    curl.easy_setopt(transfer.get(), CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl.easy_setopt(transfer.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl.easy_setopt(transfer.get(), CURLOPT_LOW_SPEED_TIME, kSilentSeconds);
    curl.easy_setopt(transfer.get(), CURLOPT_ERRORBUFFER, reason);
    curl.easy_setopt(transfer.get(), CURLOPT_WRITEFUNCTION, take_bytes);
  }

  std::optional<std::string> get(const std::string& url) {
    std::string bytes;
    curl.easy_setopt(transfer.get(), CURLOPT_WRITEDATA, &bytes);
    curl.easy_setopt(transfer.get(), CURLOPT_URL, url.c_str());
    // Who asked for encryption gets it to the end.
    curl.easy_setopt(transfer.get(), CURLOPT_REDIR_PROTOCOLS_STR, url.starts_with("https:") ? "https" : "http,https");
    reason[0] = '\0';
    const CURLcode result = curl.easy_perform(transfer.get());
    if (result == CURLE_WRITE_ERROR) throw PackageError(too_large(url));
    if (result != CURLE_OK)
      throw PackageError("cannot get '" + url + "': " + (reason[0] ? reason : curl.easy_strerror(result)));
    long status = 0;
    curl.easy_getinfo(transfer.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status == kNotFound) return std::nullopt;
    if (status != kOk) throw PackageError("cannot get '" + url + "': the server answers " + std::to_string(status));
    return bytes;
  }

  char reason[CURL_ERROR_SIZE] = "";
  const Curl curl;
  const std::unique_ptr<CURL, void (*)(CURL*)> transfer{curl.easy_init(), curl.easy_cleanup};
};

Source::Source() = default;
Source::~Source() = default;

std::optional<std::string> Source::get(const std::string& location) {
  if (!is_url(location)) return read(location);
  if (!web_) web_ = std::make_unique<Web>();
  return web_->get(location);
}

}  // namespace mip
