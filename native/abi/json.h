// The documents of the C ABI that go out: results and errors.
#ifndef WSMAN_ABI_JSON_H_
#define WSMAN_ABI_JSON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/trace.h"
#include "session/registry.h"

namespace wsman {

// What was said in a call; nothing if nobody listened.
using TraceLines = std::optional<std::vector<Trace::Line>>;

std::string write_error(const Error& error, const TraceLines& trace = {});
std::string write_connected(const Connected& connected, const TraceLines& trace = {});
std::string write_identity(const Identity& identity, const TraceLines& trace = {});
std::string write_answered(const TraceLines& trace);
std::string write_page(uint64_t enumeration_id, const Page& page, const TraceLines& trace);
std::string write_released(bool released, const TraceLines& trace);
std::string write_state(const SessionView& view);
std::string write_list(const std::vector<SessionView>& views);
std::string write_report(const TeardownReport& report);
std::string write_closed(const std::vector<TeardownReport>& reports);

}  // namespace wsman

#endif  // WSMAN_ABI_JSON_H_
