#include "compiler/compiler.h"

#include <algorithm>
#include <optional>

#include "compiler/back/generator.h"
#include "compiler/front/parser.h"
#include "compiler/front/source_encoding.h"

namespace upy {

std::variant<CodeUnit, Diagnostic> compile(std::string_view source, const CompileOptions& options) {
  FirstError errors(options.stopped);
  if (source.size() > CompileOptions::kLongestSource) {
    errors.report(Diagnostic::Kind::MemoryError,
                  "source text of more than " + std::to_string(CompileOptions::kLongestSource) + " bytes", {});
    return *errors.take();
  }
  const std::optional<std::string> decoded = decoded_source(source, errors);
  if (errors.occurred()) return *errors.take();
  if (decoded) source = *decoded;
  Arena arena(options.max_bytes - std::min(decoded ? decoded->size() : 0, options.max_bytes), options.memory);
  std::optional<Diagnostic> syntax_error;
  ast::Module* module = parse(source, options, arena, syntax_error);
  if (module == nullptr) return *std::move(syntax_error);

  Budget budget(options.max_bytes - std::min(arena.used(), options.max_bytes), options.memory);
  ScopeTree scopes = analyze_scopes(*module, options.mode, errors, budget);
  CodeUnit unit;
  if (!errors.occurred() && !budget.exhausted()) {
    Compilation compilation{options, scopes, errors, budget};
    unit = Generator(compilation, scopes.root(), nullptr).module(*module);
  }
  if (budget.host_refused()) errors.report_host_out_of_memory({});
  if (budget.exhausted()) errors.report_out_of_memory(options, {});
  if (std::optional<Diagnostic> error = errors.take()) return *std::move(error);
  return unit;
}

}  // namespace upy
