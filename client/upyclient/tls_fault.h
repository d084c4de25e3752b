#pragma once

#include <string>

#include "upyclient/host.h"

namespace upyclient {

/// Why no connection to an upyd comes about that answers by TCP, in words for the user: gRPC says only that it failed.
/// It makes one of its own to see, which takes some seconds at most. Empty: there is nothing wrong with how client and
/// daemon prove who they are, nor do they take each other for one that speaks TLS, or does not.
std::string find_tls_fault(const Host& host);

}  // namespace upyclient
