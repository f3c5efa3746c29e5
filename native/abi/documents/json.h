// The documents of the C ABI that go out: results and errors.
#ifndef WSMAN_ABI_DOCUMENTS_JSON_H_
#define WSMAN_ABI_DOCUMENTS_JSON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/trace.h"
#include "session/client.h"

namespace wsman::abi {

// The trace of a call; nothing if the caller did not ask for one.
using TraceLines = std::optional<std::vector<Trace::Line>>;

std::string write_error(const Error& error, const TraceLines& trace = {});
std::string write_connected(const session::Connected& connected, const TraceLines& trace = {});
std::string write_identity(const operation::IdentifyResponse& identity, const TraceLines& trace);
std::string write_answered(const TraceLines& trace);
std::string write_page(uint64_t enumeration_id, const operation::Page& page,
                       const TraceLines& trace);
std::string write_released(bool released, const TraceLines& trace);
std::string write_state(const session::SessionView& view);
std::string write_list(const std::vector<session::SessionView>& views);
std::string write_report(const session::TeardownReport& report);
std::string write_closed(const std::vector<session::TeardownReport>& reports);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_DOCUMENTS_JSON_H_
