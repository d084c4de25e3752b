#pragma once

#include <curl/curl.h>

namespace mip {

/// libcurl, loaded when it is first needed: some 25 other libraries come with it, and every start of upyctl would wait
/// for them. It stays loaded. Its functions, without "curl_".
class Curl {
 public:
  /// Throws PackageError when it is not installed.
  Curl();

  decltype(&curl_easy_init) easy_init;
  decltype(&curl_easy_cleanup) easy_cleanup;
  decltype(&curl_easy_setopt) easy_setopt;
  decltype(&curl_easy_perform) easy_perform;
  decltype(&curl_easy_getinfo) easy_getinfo;
  decltype(&curl_easy_strerror) easy_strerror;
};

}  // namespace mip
