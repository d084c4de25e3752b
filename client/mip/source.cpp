#include "mip/source.h"

#include <curl/curl.h>

#include <cerrno>
#include <cstring>
#include <fstream>

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
    if (!curl) throw PackageError("libcurl can't be set up");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "upyctl");
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_MAXREDIRS, kMostRedirects);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_TIME, kSilentSeconds);
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, reason);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take_bytes);
  }

  std::optional<std::string> get(const std::string& url) {
    std::string bytes;
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &bytes);
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    // Who asked for encryption gets it to the end.
    curl_easy_setopt(curl.get(), CURLOPT_REDIR_PROTOCOLS_STR, url.starts_with("https:") ? "https" : "http,https");
    reason[0] = '\0';
    const CURLcode result = curl_easy_perform(curl.get());
    if (result == CURLE_WRITE_ERROR) throw PackageError(too_large(url));
    if (result != CURLE_OK)
      throw PackageError("cannot get '" + url + "': " + (reason[0] ? reason : curl_easy_strerror(result)));
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status == kNotFound) return std::nullopt;
    if (status != kOk) throw PackageError("cannot get '" + url + "': the server answers " + std::to_string(status));
    return bytes;
  }

  char reason[CURL_ERROR_SIZE] = "";
  std::unique_ptr<CURL, void (*)(CURL*)> curl{curl_easy_init(), curl_easy_cleanup};
};

Source::Source() : web_(std::make_unique<Web>()) {}
Source::~Source() = default;

std::optional<std::string> Source::get(const std::string& location) {
  return is_url(location) ? web_->get(location) : read(location);
}

}  // namespace mip
