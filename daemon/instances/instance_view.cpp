#include "instances/instance_view.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "boards/board_store.h"
#include "files/host_tree.h"
#include "files/no_tree.h"

namespace upyd {
namespace {

std::shared_ptr<FileTree> own_tree(BoardStore* boards, const std::string& name, const v1::InstanceConfig& config,
                                   InstanceHost::Life life) {
  if (life == InstanceHost::Life::OneRun) {
    return std::make_shared<NoTree>("an instance that is made for one run has no files of its own");
  }
  if (!boards) return std::make_shared<NoTree>("upyd keeps no files of instances; its log says why");
  return boards->make_tree(name, config.fs_bytes(), config.fs_files());
}

}  // namespace

std::shared_ptr<FileView> make_view(const FileParts& parts, const std::string& name, const v1::InstanceConfig& config,
                                    InstanceHost::Life life) {
  std::vector<FileView::Mount> mounts;
  for (const FileParts::HostDirectory& directory : parts.mounts) {
    const v1::MountAccess access = std::min(config.mounts(), directory.access);
    if (access == v1::MOUNT_ACCESS_NONE) continue;
    const bool writes = access == v1::MOUNT_ACCESS_WRITE;
    mounts.push_back({directory.name, std::make_shared<HostTree>(
                                          directory.root, writes ? HostTree::Access::Write : HostTree::Access::Read)});
  }
  return std::make_shared<FileView>(own_tree(parts.boards, name, config, life), std::move(mounts));
}

}  // namespace upyd
