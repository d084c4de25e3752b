#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "upyd/v1/script.pb.h"

namespace upyctl {

/// The modules that a script imports and that lie beside it, as RunRequest.modules: those its import statements name,
/// and those that these name in turn; packages whole. Names that a script makes up while it runs are not among them.
/// Throws FileError.
google::protobuf::RepeatedPtrField<upyd::v1::Module> modules_beside(const std::string& script,
                                                                    const std::string& source);

}  // namespace upyctl
