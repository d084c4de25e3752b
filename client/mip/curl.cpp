#include "mip/curl.h"

#include <dlfcn.h>

#include <string>

#include "mip/manifest.h"

namespace mip {

namespace {

template <typename Function>
void find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  if (!function) throw PackageError(std::string("libcurl is not the one that upyctl needs: ") + dlerror());
}

}  // namespace

Curl::Curl() {
  void* const library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (!library) throw PackageError(std::string("packages are fetched by libcurl, install libcurl4: ") + dlerror());
  find(library, "curl_easy_init", easy_init);
  find(library, "curl_easy_cleanup", easy_cleanup);
  find(library, "curl_easy_setopt", easy_setopt);
  find(library, "curl_easy_perform", easy_perform);
  find(library, "curl_easy_getinfo", easy_getinfo);
  find(library, "curl_easy_strerror", easy_strerror);
}

}  // namespace mip
