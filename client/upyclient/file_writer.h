#pragma once

#include "upyclient/upload.h"
#include "upyd/v1/file.pb.h"

namespace upyclient {

/// A file of an instance that is being written: see FileService.WriteFile.
class FileWriter : public Upload<upyd::v1::WriteFileRequest, upyd::v1::FileInfo> {
 public:
  using Upload::Upload;

  /// Those were all bytes: returns when the file is on the daemon's disk.
  upyd::v1::FileInfo complete();
};

}  // namespace upyclient
