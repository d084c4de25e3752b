#include "mip/installer.h"

#include <gtest/gtest.h>

namespace mip {
namespace {

using Told = std::vector<std::string>;

constexpr const char* kHello = "print('hello')\n";
constexpr const char* kHelloHash = "03e693d9f2f687e0f40e36a8df7fcb4d1c22974012b7c2a55c000eb30f305824";

/// What there is, by location.
class FakeSource final : public Source {
 public:
  std::optional<std::string> get(const std::string& location) override {
    asked.push_back(location);
    const auto found = files.find(location);
    if (found == files.end()) return std::nullopt;
    return found->second;
  }
  std::map<std::string, std::string> files;
  std::vector<std::string> asked;
};

class FakeBoard final : public Destination {
 public:
  std::string sha256(const std::string& path) override {
    const auto found = files.find(path);
    return found != files.end() && found->second == kHello ? kHelloHash : "";
  }
  void write(const std::string& path, const std::string& bytes) override { files[path] = bytes; }
  std::map<std::string, std::string> files;
};

class InstallerTest : public testing::Test {
 protected:
  /// Installs into /lib, and returns what was told.
  Told install(const PackageRequest& request) {
    Installer installer(source, board, "http://index/", "/lib/");
    installer.add(request);
    Told told;
    installer.install([&told](const std::string& path, Installer::Done done) {
      told.push_back((done == Installer::Done::Written ? "written " : "there ") + path);
    });
    return told;
  }

  /// What is wrong with a package that can't be installed.
  std::string refusal(const PackageRequest& request) {
    try {
      install(request);
      return "";
    } catch (const PackageError& error) {
      return error.what();
    }
  }

  FakeSource source;
  FakeBoard board;
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(InstallerTest, APackageOfTheIndexComesByTheHashesOfItsFiles) {
  source.files["http://index/package/py/hello/latest.json"] =
      R"({"v": 1, "hashes": [["hello/__init__.py", "03e693d9"]], "version": "1.0"})";
  source.files["http://index/file/03/03e693d9"] = kHello;
  EXPECT_EQ(install({"hello", ""}), (Told{"written /lib/hello/__init__.py"}));
  EXPECT_EQ(board.files.at("/lib/hello/__init__.py"), kHello);
}

TEST_F(InstallerTest, AFileThatIsThereIsLeft) {
  source.files["a.py"] = kHello;
  board.files["/lib/a.py"] = kHello;
  EXPECT_EQ(install({"a.py", ""}), (Told{"there /lib/a.py"}));
}

TEST_F(InstallerTest, AFileThatIsThereByItsHashIsNotFetched) {
  source.files["http://index/package/py/hello/latest.json"] = R"({"hashes": [["hello.py", "03e693d9"]]})";
  board.files["/lib/hello.py"] = kHello;
  EXPECT_EQ(install({"hello", ""}), (Told{"there /lib/hello.py"}));
  EXPECT_EQ(source.asked.size(), 1u);
}

TEST_F(InstallerTest, AVersionIsPartOfTheIndexAndABranchOfTheRepository) {
  source.files["http://index/package/py/hello/0.2.json"] = "{}";
  install({"hello", "0.2"});
  source.files["https://raw.githubusercontent.com/org/repo/v2/package.json"] = R"({"urls": [["b.py", "src/b.py"]]})";
  source.files["https://raw.githubusercontent.com/org/repo/v2/src/b.py"] = "b";
  EXPECT_EQ(install({"github:org/repo", "v2"}), (Told{"written /lib/b.py"}));
}

TEST_F(InstallerTest, DependenciesComeToo) {
  source.files["http://web/app/package.json"] =
      R"({"urls": [["app.py", "app.py"]], "deps": [["hello", "1"], ["http://web/more/", ""]]})";
  source.files["http://web/app/app.py"] = "import hello";
  source.files["http://index/package/py/hello/1.json"] = R"({"hashes": [["hello.py", "03e693d9"]]})";
  source.files["http://index/file/03/03e693d9"] = kHello;
  source.files["http://web/more/package.json"] = R"({"urls": [["more.py", "http://elsewhere/more.py"]]})";
  source.files["http://elsewhere/more.py"] = "more";
  EXPECT_EQ(install({"http://web/app", ""}),
            (Told{"written /lib/app.py", "written /lib/hello.py", "written /lib/more.py"}));
}

TEST_F(InstallerTest, PackagesThatNeedEachOtherComeOnce) {
  source.files["http://index/package/py/a/latest.json"] = R"({"deps": [["b", ""]]})";
  source.files["http://index/package/py/b/latest.json"] = R"({"deps": [["a", ""]]})";
  install({"a", ""});
  EXPECT_EQ(source.asked.size(), 2u);
}

TEST_F(InstallerTest, AnEndlessChainOfPackagesEnds) {
  class Endless final : public Source {
   public:
    std::optional<std::string> get(const std::string& location) override {
      return R"({"deps": [["http://web/x)" + std::to_string(location.size()) + std::string(location.size(), 'x') +
             R"(/", ""]]})";
    }
  } endless;
  Installer installer(endless, board, "http://index", "/lib");
  EXPECT_THROW(installer.add({"a", ""}), PackageError);
}

TEST_F(InstallerTest, WhatCannotBeInstalledAsAWholeIsNotBegun) {
  source.files["p/package.json"] = R"({"hashes": )" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
  EXPECT_TRUE(contains(refusal({"p/package.json", ""}), "is nested too deeply"));
  source.files["p/package.json"] = R"({"urls": [["a", "a.py"], ["a/b.py", "b.py"]]})";
  EXPECT_TRUE(contains(refusal({"p/package.json", ""}), "has a file for 'a', and others below that"));
  source.files["p/package.json"] = R"({"urls": [["a", "a.py"], ["a", "b.py"]]})";
  EXPECT_TRUE(contains(refusal({"p/package.json", ""}), "has two files for 'a'"));
  source.files["p/package.json"] = R"({"urls": [["[\"[[", "a.py"]]})";
  EXPECT_EQ(refusal({"p/package.json", ""}), "there is no file 'p/a.py'") << "brackets in texts are none";
}

TEST_F(InstallerTest, NothingIsWrittenWhenAFileIsMissing) {
  source.files["p/package.json"] = R"({"urls": [["a.py", "a.py"], ["b.py", "b.py"]]})";
  source.files["p/a.py"] = "a";
  EXPECT_EQ(refusal({"p/package.json", ""}), "there is no file 'p/b.py'");
  EXPECT_TRUE(board.files.empty());
}

TEST_F(InstallerTest, ADamagedFileIsRefused) {
  source.files["http://index/package/py/hello/latest.json"] = R"({"hashes": [["hello.py", "03e693d9"]]})";
  source.files["http://index/file/03/03e693d9"] = "print('tampered')\n";
  EXPECT_TRUE(contains(refusal({"hello", ""}), "is damaged"));
}

TEST_F(InstallerTest, APackageThatIsNotThereIsNamed) {
  EXPECT_EQ(refusal({"helo", "3"}),
            "there is no package 'helo' in version '3' (no "
            "'http://index/package/py/helo/3.json')");
}

TEST_F(InstallerTest, CodeOfMicroPythonsInterpreterIsRefused) {
  EXPECT_TRUE(contains(refusal({"http://web/a.mpy", ""}), "install the .py"));
  source.files["p/package.json"] = R"({"urls": [["b.mpy", "http://web/code"]]})";
  source.files["http://web/code"] = "M";
  EXPECT_TRUE(contains(refusal({"p/package.json", ""}), "'b.mpy' is compiled for"));
}

TEST_F(InstallerTest, FilesStayBelowTheTarget) {
  for (const char* path : {"../main.py", "/boot.py", "a//b.py", "a/./b.py", "", "a/..", "a/"}) {
    source.files["p/package.json"] = std::string(R"({"urls": [[")") + path + R"(", "a.py"]]})";
    EXPECT_TRUE(contains(refusal({"p/package.json", ""}), "below the target")) << path;
  }
}

TEST_F(InstallerTest, APackageOfTheWebHasNoFilesOfThisMachine) {
  for (const char* local : {"/etc/passwd.py", "secret.json", "a/b"}) {
    source.files["http://web/package.json"] = std::string(R"({"deps": [[")") + local + R"(", ""]]})";
    EXPECT_TRUE(contains(refusal({"http://web/", ""}), "of this machine"));
  }
}

TEST_F(InstallerTest, WhatIsNoPackageIsRefused) {
  for (const char* text : {"", "[]", "{", "null", R"({"urls": 1})", R"({"urls": [1]})", R"({"urls": [["a.py"]]})",
                           R"({"hashes": [["a.py", "../x"]]})", R"({"deps": [[1, 2]]})"}) {
    source.files["p/package.json"] = text;
    EXPECT_TRUE(contains(refusal({"p/package.json", ""}), "'p/package.json'")) << text;
  }
}

}  // namespace
}  // namespace mip
