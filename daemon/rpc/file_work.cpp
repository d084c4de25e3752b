#include "rpc/file_work.h"

#include "rpc/requests.h"

namespace upyd {

grpc::Status FileWork::begin(const std::string& instance, std::shared_ptr<FileView>& files,
                             std::unique_ptr<Place>& place) const {
  if (auto status = registry_.find_files(instance, files); !status.ok()) return status;
  if (!calls_->take_place()) {
    return {grpc::StatusCode::RESOURCE_EXHAUSTED, "there are already " + std::to_string(StreamCount::kMost) +
                                                      " calls at work on files, as many as upyd does; try again later"};
  }
  place = std::make_unique<Place>(calls_);
  return grpc::Status::OK;
}

grpc::Status check_path(const std::string& path) {
  constexpr size_t kLongestPath = 4095;
  if (path.size() > kLongestPath) return invalid("the path is too long: it may have 4095 bytes, and names in it 255");
  if (path.find('\0') == std::string::npos) return grpc::Status::OK;
  return invalid("a path may hold no null byte");
}

}  // namespace upyd
