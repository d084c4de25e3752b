#pragma once

#include <string>

#include "upyd/v1/instance.pb.h"

namespace upyd {

/// What is kept of a board beside its files.
struct BoardRecord {
  v1::InstanceConfig config;     ///< its own settings; the others are upyd's defaults
  bool enabled = true;           ///< upyd starts it when it starts itself
  bool stopped = false;          ///< but not as long as this is set
  std::string declared_in;       ///< the path of the file that declares it; empty: a client made it
  bool declared_enabled = true;  ///< what that file says of `enabled`
};

/// The record of a declared board: `declaration` is as its file says, `kept` what upyd knew of it. Of whoever said last
/// whether it is enabled, file or client, that holds.
BoardRecord declare_anew(BoardRecord declaration, const BoardRecord& kept);

/// Names the settings of a board that clients change: if these are others, so is the name.
std::string etag_of(const BoardRecord& record);

/// The text of a record, and the record of a text. `fault` says why there is none, and what is to be done, of the file
/// at `path`.
std::string to_text(const BoardRecord& record);
bool from_text(const std::string& text, const std::string& path, BoardRecord& record, std::string& fault);

}  // namespace upyd
