#pragma once

#include <string>

#include "upyclient/upload.h"
#include "upyd/v1/file.pb.h"

namespace upyclient {

/// Files that are being deployed: see FileService.DeployFiles. `write` sends bytes of the file that was begun last.
class FileDeployer : public Upload<upyd::v1::DeployFilesRequest, upyd::v1::DeployFilesResponse> {
 public:
  using Upload::Upload;

  /// A further file, once the one before has ended.
  void begin_file(const std::string& path);
  void end_file();
  /// Those were all files: returns when they are part of the tree, and the instance has been restarted.
  upyd::v1::DeployFilesResponse complete();
};

}  // namespace upyclient
