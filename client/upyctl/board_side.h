#pragma once

#include "upyclient/connection.h"
#include "upyctl/file_side.h"

namespace upyctl {

/// The files of a board.
class BoardSide final : public FileSide {
 public:
  BoardSide(upyclient::Connection& upyd, std::string board) : upyd_(upyd), board_(std::move(board)) {}

  void check(const std::string& path) const override;
  Status look(const std::string& path) override;
  std::vector<std::string> list(const std::string& path) override;
  void make_directory(const std::string& path) override;
  std::string hash(const std::string& path) override;
  std::unique_ptr<Source> read(const std::string& path) override;
  std::unique_ptr<Sink> write(const std::string& path) override;
  std::string shown(const std::string& path) const override { return ':' + path; }

 private:
  upyclient::Connection& upyd_;
  const std::string board_;
};

/// What is in a directory of a board, sorted by name; of a file, the file.
upyd::v1::ListFilesResponse list_files(upyclient::Connection& upyd, const std::string& board, const std::string& path);

/// A request of FileService about a path.
template <typename Request>
Request about(const std::string& board, const std::string& path) {
  Request request;
  request.set_instance(board);
  request.set_path(path);
  return request;
}

}  // namespace upyctl
