#pragma once

#include "upyctl/file_side.h"

namespace upyctl {

/// The files of the user. "-" is the standard input or output.
class LocalSide final : public FileSide {
 public:
  Status look(const std::string& path) override;
  void check_readable(const std::string& path) const override;
  std::vector<std::string> list(const std::string& path) override;
  void make_directory(const std::string& path) override;
  std::string hash(const std::string& path) override;
  std::unique_ptr<Source> read(const std::string& path) override;
  std::unique_ptr<Sink> write(const std::string& path) override;
  std::string shown(const std::string& path) const override { return path; }
};

}  // namespace upyctl
