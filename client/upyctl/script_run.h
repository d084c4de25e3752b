#pragma once

#include "upyctl/session.h"
#include "upyd/v1/script.pb.h"

namespace upyctl {

/// What a script has for standard input.
enum class ScriptInput {
  Ours,  ///< upyctl's own, which is read from when the script first looks for input
  None,  ///< it is at its end
};

/// Of the instance that a script runs in.
enum class Life { OneRun, Standing };

/// What a script's own output does not tell about its end.
void tell_outcome(const Terminal& terminal, const upyd::v1::Outcome& outcome, Life life);

/// Runs a script and stays with it to its end: its output goes to the terminal as it comes, and in the format JSON
/// every event of the run is a line on the standard output instead.
///
/// Meanwhile SIGINT interrupts the script, SIGTERM and SIGHUP stop it, a second signal of any of these kills it, and a
/// third gives up waiting for the daemon. Returns the exit status of the script. Throws upyclient::Error if the call
/// fails; the connection of the session must not have been used before, so that its threads leave the signals alone.
int run_script(Session& session, const upyd::v1::RunRequest& request, ScriptInput input);

/// Begins a script that goes on without upyctl, and prints where: the names of its instance and the number of the run.
int run_detached(Session& session, upyd::v1::RunRequest request);

}  // namespace upyctl
