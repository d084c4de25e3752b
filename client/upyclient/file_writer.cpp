#include "upyclient/file_writer.h"

namespace upyclient {

using namespace upyd::v1;

FileInfo FileWriter::complete() {
  WriteFileRequest request;
  request.set_complete(true);
  send(request);
  return finish();
}

}  // namespace upyclient
