#pragma once

#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "upyclient/connection.h"

/// Scripts whose output a benchmark reads.
namespace bench {

inline void create(upyclient::Connection& upyd, const std::string& name) {
  upyd::v1::CreateInstanceRequest request;
  request.set_name(name);
  upyd.create_instance(request);
}

inline upyd::v1::RunRequest request_in(const std::string& instance, const std::string& source) {
  upyd::v1::RunRequest request;
  request.set_instance(instance);
  request.set_source(source);
  return request;
}

/// In an instance of its own.
inline upyd::v1::RunRequest request_alone(const std::string& source) {
  upyd::v1::RunRequest request;
  request.mutable_own();
  request.set_source(source);
  return request;
}

/// All that is still to come of a run. Throws if it raises.
inline std::string read_output(upyclient::RunStream& stream) {
  std::string output;
  for (upyd::v1::RunEvent event; stream.read(event);) {
    output += event.output().data();
    if (event.outcome().has_exception()) throw std::runtime_error(event.outcome().exception().message());
  }
  return output;
}

inline std::string run(upyclient::Connection& upyd, const upyd::v1::RunRequest& request) {
  upyclient::RunStream stream = upyd.run(request);
  return read_output(stream);
}

inline std::vector<double> numbers_in(const std::string& text) {
  std::istringstream numbers(text);
  return {std::istream_iterator<double>(numbers), {}};
}

}  // namespace bench
