#include <fmt/format.h>
#include <google/protobuf/struct.pb.h>

#include <algorithm>
#include <memory>

#include "mip/installer.h"
#include "upyctl/board_side.h"
#include "upyctl/commands.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

struct MipOptions {
  std::string board;
  std::vector<std::string> packages;
  std::string target;
  std::string index{mip::kDefaultIndex};
};

/// The files of a board, as an installation needs them.
class Board final : public mip::Destination {
 public:
  explicit Board(BoardSide& files) : files_(files) {}

  std::string sha256(const std::string& path) override {
    if (files_.look(path).kind != FileSide::Kind::File) return "";
    std::string text;
    for (const char byte : files_.hash(path)) text += fmt::format("{:02x}", static_cast<uint8_t>(byte));
    return text;
  }
  void write(const std::string& path, const std::string& bytes) override {
    files_.make_directory(path.substr(0, path.rfind('/')));
    const auto file = files_.write(path);
    file->write(bytes);
    file->complete();
  }

 private:
  BoardSide& files_;
};

/// Where imports of the board look for libraries: the first directory of its sys.path that is called lib.
std::string library_of(Session& session, const std::string& board) {
  upyd::v1::GetInstanceRequest request;
  request.set_name(board);
  const auto path = session.upyd().get_instance(request).config().path();
  const auto found =
      std::find_if(path.begin(), path.end(), [](const std::string& entry) { return entry.ends_with("/lib"); });
  if (found != path.end()) return *found;
  throw std::invalid_argument("no directory in sys.path of '" + board + "' is called lib: say where by --target");
}

void tell(Session& session, const std::string& path, mip::Installer::Done done) {
  const std::string what = done == mip::Installer::Done::Written ? "installed" : "exists";
  if (session.format() == Format::Text)
    return session.terminal().out(fmt::format("{:9} :{}\n", what, upyd::escaped(path)));
  google::protobuf::Struct line;
  (*line.mutable_fields())["path"].set_string_value(path);
  (*line.mutable_fields())["result"].set_string_value(what);
  session.terminal().json_line(line);
}

int install(Session& session, const MipOptions& options) {
  BoardSide files(session.upyd(), options.board);
  Board board(files);
  mip::Source source;
  mip::Installer installer(source, board, options.index,
                           options.target.empty() ? library_of(session, options.board) : options.target);
  for (const std::string& package : options.packages) installer.add(mip::parse_request(package));
  installer.install([&session](const std::string& path, mip::Installer::Done done) { tell(session, path, done); });
  return kSuccess;
}

}  // namespace

void add_mip_commands(CLI::App& root, Session& session) {
  CLI::App* mip = root.add_subcommand("mip", "Install packages of micropython-lib and others on instances");
  mip->require_subcommand(1);
  auto options = std::make_shared<MipOptions>();
  CLI::App* command = session.add_command(*mip, "install", "Install packages and what they depend on",
                                          [&session, options] { return install(session, *options); });
  command->add_option("BOARD", options->board, "The instance")->required()->type_name("");
  command
      ->add_option("PACKAGE", options->packages,
                   "NAME[@VERSION] of the index, github:ORGANISATION/REPOSITORY[/PATH][@BRANCH] (gitlab:, codeberg:), "
                   "a URL, or a .py or package.json file of this machine")
      ->required()
      ->type_name("");
  command->add_option("--target", options->target, "The board's directory for it; else the one called lib in sys.path")
      ->type_name("DIR");
  command->add_option("--index", options->index, "The index of packages")->type_name("URL")->capture_default_str();
}

}  // namespace upyctl
