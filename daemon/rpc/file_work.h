#pragma once

#include <asio/thread_pool.hpp>
#include <memory>
#include <utility>

#include "access/access.h"
#include "instances/instance_registry.h"
#include "rpc/file_places.h"
#include "system/lane.h"

namespace upyd {

/// Where calls work on files: on a few threads of their own, since a disk may keep them waiting. Any thread.
class FileWork {
 public:
  FileWork(std::shared_ptr<const Access> access, InstanceRegistry& registry, asio::thread_pool& pool)
      : access_(std::move(access)), registry_(registry), lane_(pool, kThreads) {}

  using Place = FilePlaces::Place;

  /// The threads that a pool for files has, and how many of them may be at work for one principal: a slow disk keeps no
  /// more waiting.
  static constexpr size_t kPoolThreads = 4, kThreads = 3;

  /// The files of the instance that a request names, and a place to work on them; the errors are those of FileService.
  /// `call`: whose place it is, if it waits for its client at times.
  grpc::Status begin(const google::protobuf::Message& request, std::shared_ptr<FileView>& files,
                     std::unique_ptr<Place>& place, FilePlaces::Call* call = nullptr) const;

  /// Whether who calls may still do that: the rules may have changed, or the instance may be somebody else's.
  grpc::Status check(const Wanted& wanted) const { return access_->check(wanted); }
  InstanceRegistry::Admit admit(const Wanted& wanted) const {
    return [access = access_, wanted](const std::string& owner) { return access->check(wanted, owner); };
  }

  /// Has `work` done. Throws std::bad_alloc.
  template <typename Work>
  void post(Work work) const {
    lane_.post(std::move(work));
  }

 private:
  void tell(FilePlaces::Call& loser) const;

  const std::shared_ptr<const Access> access_;
  InstanceRegistry& registry_;
  const Lane lane_;
  const std::shared_ptr<FilePlaces> places_ = std::make_shared<FilePlaces>();
};

/// How a call ends that has lost its place.
grpc::Status lost_place();

/// INVALID_ARGUMENT for what can be no path.
grpc::Status check_path(const std::string& path);

}  // namespace upyd
