#include "access/requirement.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "support/api_methods.h"

namespace upyd {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;

/// What the comment of each call says that it needs, by the call's name: "operator with the instance".
std::map<std::string, std::string> stated_in_protos() {
  std::map<std::string, std::string> stated;
  for (const auto& file : std::filesystem::directory_iterator(UPYD_PROTOS)) {
    if (file.path().extension() != ".proto") continue;
    std::ifstream stream(file.path());
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    static const std::regex call(R"(  // Needs: ([a-z ]+)\.\n(?:  //.*\n)*  rpc (\w+)\()");
    for (std::sregex_iterator found(text.begin(), text.end(), call), end; found != end; ++found) {
      stated[(*found)[2]] = (*found)[1];
    }
  }
  return stated;
}

TEST(RequirementTest, EachCallHasOne) {
  std::set<const Descriptor*> requests;
  for (const MethodDescriptor* method : test_support::api_methods()) {
    EXPECT_NE(find_requirement(*method->input_type()), nullptr) << method->full_name();
    requests.insert(method->input_type());
  }
  EXPECT_EQ(requests.size(), requirements().size()) << "there is a requirement without a call";
}

TEST(RequirementTest, ARequestIsOfOneCall) {
  std::map<const Descriptor*, std::string> calls;
  for (const MethodDescriptor* method : test_support::api_methods()) {
    if (method->service()->full_name() == "grpc.health.v1.Health") continue;  // its calls need the same
    const auto [found, is_new] = calls.emplace(method->input_type(), method->name());
    EXPECT_TRUE(is_new) << found->second << " and " << method->name();
  }
}

TEST(RequirementTest, EachIsStatedInTheApi) {
  const auto stated = stated_in_protos();
  for (const MethodDescriptor* method : test_support::api_methods()) {
    if (method->file()->package() != "upyd.v1") continue;
    const Requirement& needed = *find_requirement(*method->input_type());
    const std::string expected = std::string(name_of(needed.role)) + (*needed.instance ? " with the instance" : "");
    const auto found = stated.find(method->name());
    EXPECT_EQ(found == stated.end() ? "nothing" : found->second, expected) << method->full_name();
  }
}

/// The rows of docs/access.md.
std::set<std::string> documented() {
  std::ifstream stream(UPYD_DOCS "/access.md");
  std::set<std::string> rows;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with("| `")) rows.insert(line);
  }
  return rows;
}

TEST(RequirementTest, TheTableInTheDocsSaysTheSame) {
  std::set<std::string> rows;
  for (const MethodDescriptor* method : test_support::api_methods()) {
    const Requirement& needed = *find_requirement(*method->input_type());
    rows.insert("| `" + method->service()->name() + "." + method->name() + "` | " + name_of(needed.role) +
                (*needed.instance ? " with the instance" : "") + " | " +
                (needed.effect == Effect::Changes ? "every call" : "refusals") + " |");
  }
  EXPECT_EQ(documented(), rows);
}

TEST(RequirementTest, FindsTheNameOfTheInstance) {
  v1::DeleteInstanceRequest request;
  request.set_name("a");
  EXPECT_EQ(instance_of(request, *find_requirement(*request.GetDescriptor())), "a");
  v1::WriteFileRequest write;
  EXPECT_EQ(instance_of(write, *find_requirement(*write.GetDescriptor())), "");
  write.mutable_target()->set_instance("b");
  EXPECT_EQ(instance_of(write, *find_requirement(*write.GetDescriptor())), "b");
  grpc::health::v1::HealthCheckRequest health;
  health.set_service("upyd.v1.FileService");
  EXPECT_EQ(instance_of(health, *find_requirement(*health.GetDescriptor())), "");
  health.set_service("board/c");
  EXPECT_EQ(instance_of(health, *find_requirement(*health.GetDescriptor())), "c");
}

}  // namespace
}  // namespace upyd
