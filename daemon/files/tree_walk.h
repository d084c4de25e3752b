#pragma once

#include <sys/stat.h>

#include <string>

#include "port/port.h"

namespace upyd {

/// What is done with what a walk meets; the first error ends the walk. Descriptors are the walk's.
class TreeVisitor {
 public:
  virtual ~TreeVisitor() = default;
  /// Something in the open directory that is no directory itself.
  virtual upy::PortError meet(int directory, const std::string& name, const struct stat& status) = 0;
  /// A directory in it, before what it holds.
  virtual upy::PortError enter(const std::string& name) = 0;
  /// An open directory, after all that it holds; the root is the last one.
  virtual upy::PortError leave(int directory) = 0;
};

/// Goes through all that is in a directory, which must be open for reading; no link is followed. However deep it is,
/// that takes three descriptors. Nobody may move directories in it meanwhile.
upy::PortError walk_tree(int root, TreeVisitor& visitor);

}  // namespace upyd
