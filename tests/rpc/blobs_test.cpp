#include "rpc_test.h"
#include "support/temporary_directory.h"

namespace upyd {
namespace {

using test_support::TemporaryDirectory;
using test_support::UpydProcess;

/// Whose compiled scripts run.
class BlobsTest : public RpcTest {
 protected:
  static std::string compile(upyclient::Connection& upyd) {
    v1::CompileRequest request;
    request.set_source("print('from a blob')");
    return upyd.compile(request).blob();
  }

  static v1::Outcome run_blob(upyclient::Connection& upyd, const std::string& blob) {
    v1::RunRequest request = alone("");
    request.set_blob(blob);
    upyclient::RunStream stream = upyd.run(request);
    return finish(stream).outcome;
  }

  static std::string refusal(const v1::Outcome& outcome) {
    return outcome.has_refused() ? outcome.refused().diagnostics(0).message() : "";
  }
};

constexpr char kForeign[] =
    "compiled elsewhere, or altered since: compile the script again here, or set accept = \"any\" under [blobs] in "
    "upyd.toml";

TEST_F(BlobsTest, OwnOnesRun) { EXPECT_TRUE(run_blob(upyd(), compile(upyd())).has_finished()); }

TEST_F(BlobsTest, AnotherInstallationsAreRefused) {
  UpydProcess other;
  const auto outcome = run_blob(upyd(), compile(other.connection()));
  EXPECT_EQ(refusal(outcome), kForeign);
  EXPECT_EQ(outcome.refused().diagnostics(0).traceback(), "ValueError: " + std::string(kForeign) + "\n");
}

TEST_F(BlobsTest, AlteredOnesAreRefused) {
  const std::string blob = compile(upyd());
  for (size_t at = blob.size() / 2; at < blob.size(); ++at) {
    std::string altered = blob;
    altered[at] = static_cast<char>(altered[at] ^ 1);
    EXPECT_EQ(refusal(run_blob(upyd(), altered)), kForeign) << at;
  }
}

TEST_F(BlobsTest, OldOnesAreToldFromForeignOnes) {
  std::string blob = compile(upyd());
  blob[4] = 1;  // the version of the format
  EXPECT_NE(refusal(run_blob(upyd(), blob)).find("another version of the interpreter"), std::string::npos);
}

TEST_F(BlobsTest, TheKeyOutlivesTheDaemon) {
  const TemporaryDirectory directory;
  std::string blob;
  {
    UpydProcess first("", directory.file("state"));
    blob = compile(first.connection());
  }
  UpydProcess second("", directory.file("state"));
  EXPECT_TRUE(run_blob(second.connection(), blob).has_finished());
}

TEST_F(BlobsTest, TheConfigOpensItToOthers) {
  UpydProcess open("[blobs]\naccept = \"any\"\n");
  EXPECT_TRUE(run_blob(open.connection(), compile(upyd())).has_finished());
  EXPECT_TRUE(run_blob(open.connection(), compile(open.connection())).has_finished());
}

}  // namespace
}  // namespace upyd
