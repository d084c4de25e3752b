#include "rpc/hash_file_call.h"

#include <fcntl.h>

#include <vector>

#include "rpc/answer.h"
#include "rpc/file_status.h"

namespace upyd {

HashFileCall* HashFileCall::start(const FileWork& work, const v1::HashFileRequest& request,
                                  v1::HashFileResponse& response) {
  auto* call = new HashFileCall(work, request.path(), response);
  call->begin(request);
  return call;
}

void HashFileCall::begin(const v1::HashFileRequest& request) {
  const auto status = guarded([&] {
    wanted_ = wanted_by(request);
    auto checked = check_path(path_);
    return checked.ok() ? work_.begin(request, files_, place_) : checked;
  });
  if (!status.ok()) return Finish(status);
  go_on();
}

void HashFileCall::go_on() {
  const auto status = guarded([&] {
    work_.post([this] { work(); });
    return grpc::Status::OK;
  });
  if (!status.ok()) Finish(status);
}

void HashFileCall::work() {
  const auto status = is_cancelled_ ? grpc::Status::CANCELLED : guarded([&] { return hash_piece(); });
  if (!status.ok() || is_complete_) return Finish(status);
  go_on();
}

grpc::Status HashFileCall::hash_piece() {
  constexpr size_t kPiece = 1u << 20;
  if (auto allowed = work_.check(wanted_); !allowed.ok()) return allowed;
  if (!file_) {
    const auto error = files_->open(path_, O_RDONLY, DescriptorUse::Client, file_);
    if (error) return file_status(error, path_);
  }
  std::vector<char> piece(kPiece);
  size_t size = 0;
  if (const auto error = file_->read(piece.data(), piece.size(), size)) return file_status(error, path_);
  sha256_update(&hash_, size, reinterpret_cast<const uint8_t*>(piece.data()));
  is_complete_ = size < kPiece;
  if (!is_complete_) return grpc::Status::OK;
  file_.reset();  // as ReadFileCall does
  std::string& digest = *response_.mutable_sha256();
  digest.resize(SHA256_DIGEST_SIZE);
  sha256_digest(&hash_, digest.size(), reinterpret_cast<uint8_t*>(digest.data()));
  return grpc::Status::OK;
}

}  // namespace upyd
