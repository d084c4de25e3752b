#include "rpc/requests.h"

#include <algorithm>
#include <utility>

#include "config/instance_name.h"
#include "upy/instance.h"

namespace upyd {
namespace {

constexpr uint32_t kHighestOptLevel = 3;
constexpr uint32_t kLongestGraceMs = 3'600'000;
constexpr int kMostEntries = 1024;  // an answer may be many times as long as its request

constexpr size_t kLongestFile = 4096;  // as the system's paths

grpc::Status check_how_to_compile(const std::string& file, uint32_t opt_level) {
  if (file.size() > kLongestFile) {
    return invalid("file has " + std::to_string(file.size()) + " bytes; a script's name may have " +
                   std::to_string(kLongestFile));
  }
  if (opt_level <= kHighestOptLevel) return grpc::Status::OK;
  return invalid("opt_level is " + std::to_string(opt_level) + "; it must be from 0 to 3");
}

grpc::Status check_module(const v1::Module& module) {
  const std::string inside = '/' + module.path();
  const bool is_plain = inside.find("//") == std::string::npos && inside.find("/../") == std::string::npos &&
                        inside.find("/./") == std::string::npos;
  if (is_plain && inside.ends_with(".py")) return grpc::Status::OK;
  return invalid("'" + module.path() +
                 "' is no path of a module: it must be relative, without '.' and '..', and end in .py");
}

}  // namespace

grpc::Status check(const v1::CompileRequest& request) {
  return check_how_to_compile(request.file(), request.opt_level());
}

grpc::Status check(const v1::RunRequest& request) {
  if (request.target_case() == v1::RunRequest::TARGET_NOT_SET) {
    return invalid("say where to run: set 'instance' to the name of one, or 'own' for a new one");
  }
  if (request.script_case() == v1::RunRequest::SCRIPT_NOT_SET) {
    return invalid("say what to run: set 'source' or 'blob'");
  }
  for (const v1::Module& module : request.modules()) {
    if (auto status = check_module(module); !status.ok()) return status;
  }
  return check_how_to_compile(request.file(), request.opt_level());
}

grpc::Status check(const v1::InterruptRequest& request) {
  if (request.level() == v1::InterruptRequest::LEVEL_UNSPECIFIED ||
      !v1::InterruptRequest::Level_IsValid(request.level())) {
    return invalid("say how to stop it: set 'level' to LEVEL_INTERRUPT, LEVEL_STOP or LEVEL_KILL");
  }
  if (request.grace_ms() > kLongestGraceMs) {
    return invalid("grace_ms is " + std::to_string(request.grace_ms()) + "; it must be from 0 to 3600000");
  }
  return grpc::Status::OK;
}

grpc::Status check(const v1::WatchEventsRequest& request) {
  for (const auto& [number, field] :
       {std::pair(request.instances_size(), "instances"), std::pair(request.kinds_size(), "kinds"),
        std::pair(request.lines_size(), "lines")}) {
    if (auto status = check_number(number, field); !status.ok()) return status;
  }
  const auto odd = std::find_if_not(request.instances().begin(), request.instances().end(), is_name);
  return odd == request.instances().end() ? grpc::Status::OK : bad_name();
}

grpc::Status check_number(int entries, const char* field) {
  if (entries <= kMostEntries) return grpc::Status::OK;
  return invalid("there are " + std::to_string(entries) + " entries in '" + field + "'; it may have " +
                 std::to_string(kMostEntries) + ", the rest takes more calls");
}

grpc::Status invalid(const std::string& why) { return {grpc::StatusCode::INVALID_ARGUMENT, why}; }

std::string script_name(const std::string& file) { return file.empty() ? upy::Script().file : file; }

}  // namespace upyd
