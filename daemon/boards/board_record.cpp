#include "boards/board_record.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <functional>
#include <string_view>

#include "upyd/escaped_text.h"
#include "upyd/state/board.pb.h"

namespace upyd {
namespace {

constexpr uint32_t kFormat = 1;

}  // namespace

BoardRecord declare_anew(BoardRecord declaration, const BoardRecord& kept) {
  const bool is_new = kept.declared_in.empty() || kept.declared_enabled != declaration.declared_enabled;
  if (!is_new) declaration.enabled = kept.enabled;
  declaration.stopped = kept.stopped;
  return declaration;
}

std::string etag_of(const BoardRecord& record) {
  const std::string settings = record.config.SerializeAsString() + (record.enabled ? '1' : '0');
  return fmt::format("{:016x}", std::hash<std::string>()(settings));
}

std::string to_text(const BoardRecord& record) {
  state::Board board;
  board.set_format(kFormat);
  *board.mutable_config() = record.config;
  board.set_enabled(record.enabled);
  board.set_stopped(record.stopped);
  board.set_declared_in(record.declared_in);
  board.set_declared_enabled(record.declared_enabled);
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(board, &text, options);
  return status.ok() ? text : "";
}

bool from_text(const std::string& text, const std::string& path, BoardRecord& record, std::string& fault) {
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  state::Board board;
  const auto status = google::protobuf::util::JsonStringToMessage(text, &board, options);
  if (!status.ok() || board.format() == 0) {
    const std::string_view all(status.message().data(), status.message().size());  // the next line shows the place
    const std::string why = status.ok() ? "it has no format" : escaped(all.substr(0, all.find('\n')));
    fault = path + " is no record of a board (" + why + "): put it right, or take its directory away";
    return false;
  }
  if (board.format() > kFormat) {
    fault = path + " is of a newer upyd (format " + std::to_string(board.format()) + ", this one knows " +
            std::to_string(kFormat) + "): start that one, or take its directory away";
    return false;
  }
  record = {.config = board.config(),
            .enabled = board.enabled(),
            .stopped = board.stopped(),
            .declared_in = board.declared_in(),
            .declared_enabled = board.declared_enabled()};
  return true;
}

}  // namespace upyd
