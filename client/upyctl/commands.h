#pragma once

#include <CLI/CLI.hpp>

#include "upyctl/session.h"

/// The commands of upyctl, by the service of the API they use. Each function declares its commands on `root`; both
/// arguments must live until the command line is parsed and acted on.
namespace upyctl {

/// run, exec, wait, console, compile, interrupt, stop, kill
void add_script_commands(CLI::App& root, Session& session);

/// ps, create, rm, mem-info, qstr-info
void add_instance_commands(CLI::App& root, Session& session);

/// start, restart, enable, disable, config, edit, inspect, deploy
void add_board_commands(CLI::App& root, Session& session);

/// fs ls, tree, cat, cp, rm, mkdir, mv, touch, sha256sum, df
void add_fs_commands(CLI::App& root, Session& session);

/// gpio detect, info, get, set, mon
void add_gpio_commands(CLI::App& root, Session& session);

/// logs
void add_log_commands(CLI::App& root, Session& session);

/// events
void add_event_commands(CLI::App& root, Session& session);

/// version, health
void add_daemon_commands(CLI::App& root, Session& session);

/// mip install
void add_mip_commands(CLI::App& root, Session& session);

/// hosts
void add_hosts_command(CLI::App& root, Session& session);

/// status
void add_status_command(CLI::App& root, Session& session);

/// top
void add_top_command(CLI::App& root, Session& session);

}  // namespace upyctl
