#pragma once

#include <asio/post.hpp>
#include <asio/thread_pool.hpp>
#include <memory>
#include <utility>

#include "instances/instance_registry.h"
#include "rpc/stream_count.h"

namespace upyd {

/// Where calls work on files: on a few threads of their own, since a disk may keep them waiting. There are so many
/// calls at a time. Any thread.
class FileWork {
 public:
  FileWork(InstanceRegistry& registry, asio::thread_pool& pool) : registry_(registry), pool_(pool) {}

  /// A call's place among those that may be at work; given back with it.
  class Place {
   public:
    explicit Place(std::shared_ptr<StreamCount> calls) : calls_(std::move(calls)) {}
    Place(Place&&) = default;
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (calls_) calls_->give_back();
    }

   private:
    std::shared_ptr<StreamCount> calls_;  // outlives the service, as a call's last word may
  };

  /// The files of an instance, and the right to work on them; the errors are those of FileService.
  grpc::Status begin(const std::string& instance, std::shared_ptr<FileView>& files,
                     std::unique_ptr<Place>& place) const;

  /// Has `work` done. Throws std::bad_alloc.
  template <typename Work>
  void post(Work work) const {
    asio::post(pool_, std::move(work));
  }

 private:
  InstanceRegistry& registry_;
  asio::thread_pool& pool_;
  const std::shared_ptr<StreamCount> calls_ = std::make_shared<StreamCount>();
};

/// INVALID_ARGUMENT for what can be no path.
grpc::Status check_path(const std::string& path);

}  // namespace upyd
