#include "upyclient/file_deployer.h"

namespace upyclient {

using namespace upyd::v1;

void FileDeployer::begin_file(const std::string& path) {
  DeployFilesRequest request;
  request.set_file(path);
  send(request);
}

void FileDeployer::end_file() {
  DeployFilesRequest request;
  request.set_complete(true);
  send(request);
}

DeployFilesResponse FileDeployer::complete() {
  DeployFilesRequest request;
  request.set_deploy(true);
  send(request);
  return finish();
}

}  // namespace upyclient
