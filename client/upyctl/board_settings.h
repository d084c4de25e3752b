#pragma once

#include <string>

#include "upyd/v1/instance.pb.h"

/// The own settings of a board as TOML, as a file that declares it would have them: for people to read and edit.
namespace upyctl {

/// Those that are set. With `others`, the rest too, as comments with what is in force.
enum class Others { Hidden, AsComments };
std::string settings_toml(const upyd::v1::Instance& board, Others others);

/// What such a text asks for. Throws upyd::ConfigError, with `name` and the line.
upyd::v1::UpdateInstanceRequest settings_of(const std::string& text, const std::string& name);

}  // namespace upyctl
