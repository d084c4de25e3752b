#pragma once

#include <memory>
#include <string>

#include "files/file_view.h"
#include "instances/instance_host.h"

namespace upyd {

/// What an instance with these settings sees of files: a standing one its own tree, which is made new, and each the
/// directories of the host that it may use.
std::shared_ptr<FileView> make_view(const FileParts& parts, const std::string& name, const v1::InstanceConfig& config,
                                    InstanceHost::Life life);

}  // namespace upyd
