#include "teardown/report_check.h"

#include "support/bounds.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

struct Ended {
  std::uint64_t done;
  std::uint64_t abandoned;
};

Ended of(const json& report, const char* kind, const char* done) {
  return {report.at(kind).at(done), report.at(kind).at("abandoned")};
}

std::string compare_kind(const char* kind, const Ended& said, std::uint64_t before,
                         std::uint64_t after) {
  const std::string found = std::to_string(said.done) + " ended and " +
                            std::to_string(said.abandoned) + " abandoned by the report, " +
                            std::to_string(before) + " before and " + std::to_string(after) +
                            " after at the service";
  if (said.done + said.abandoned != before) return std::string(kind) + " are missing: " + found;
  if (said.done + after > before) return std::string(kind) + " did not end: " + found;
  return {};
}

}  // namespace

std::string problem_with(const json& report, Milliseconds elapsed, Milliseconds time) {
  if (elapsed > bound(time + kPromptly)) {
    return "too late: " + std::to_string(elapsed.count()) + " ms";
  }
  if (report.at("state") != "Closed") return "not closed";
  if (!report.at("secretsWiped")) return "a secret is left";
  const bool abandoned = abandoned_in(report) > 0;
  if (abandoned && report.at("graceful")) return "graceful, though something was abandoned";
  if (report.at("graceful") != report.at("warnings").empty()) {
    return "graceful and warnings do not agree: " + report.dump();
  }
  return {};
}

std::string compare(const json& report, const Open& before, const Open& after) {
  const std::string commands = compare_kind("commands", of(report, "commands", "terminated"),
                                            before.commands, after.commands);
  const std::string shells =
      compare_kind("shells", of(report, "shells", "deleted"), before.shells, after.shells);
  const std::string contexts = compare_kind("contexts", of(report, "enumerations", "released"),
                                            before.contexts, after.contexts);
  return commands.empty() ? (shells.empty() ? contexts : shells) : commands;
}

int abandoned_in(const json& report) {
  return report.at("commands").at("abandoned").get<int>() +
         report.at("shells").at("abandoned").get<int>() +
         report.at("enumerations").at("abandoned").get<int>();
}

}  // namespace wsman::testing
