#include "rpc/file_work.h"

#include <new>

#include "rpc/requests.h"

namespace upyd {

grpc::Status FileWork::begin(const google::protobuf::Message& request, std::shared_ptr<FileView>& files,
                             std::unique_ptr<Place>& place, FilePlaces::Call* call) const {
  const Wanted wanted = wanted_by(request);
  if (auto status = access_->check(wanted); !status.ok()) return status;
  if (auto status = registry_.find_files(wanted.instance, admit(wanted), files); !status.ok()) return status;
  FilePlaces::Taken taken = places_->take(call);
  if (taken.loser) tell(*taken.loser);
  if (!taken.place) {
    return {grpc::StatusCode::RESOURCE_EXHAUSTED, "there are already " + std::to_string(FilePlaces::kMost) +
                                                      " calls at work on files, as many as upyd does; try again later"};
  }
  place = std::move(taken.place);
  return grpc::Status::OK;
}

void FileWork::tell(FilePlaces::Call& loser) const try {
  post([&loser] { loser.lose_place(); });
} catch (const std::bad_alloc&) {
  loser.lose_place();
}

grpc::Status lost_place() {
  return {grpc::StatusCode::ABORTED, "nothing moved for a while, and another call needed the place; try again"};
}

grpc::Status check_path(const std::string& path) {
  constexpr size_t kLongestPath = 4095;
  if (path.size() > kLongestPath) return invalid("the path is too long: it may have 4095 bytes, and names in it 255");
  if (path.find('\0') == std::string::npos) return grpc::Status::OK;
  return invalid("a path may hold no null byte");
}

}  // namespace upyd
