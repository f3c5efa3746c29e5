// The calls behind the functions of the C ABI: the documents that come in are read, the client is
// asked, and the answer is written as the document that goes out.
//
// One for each function that works, under its name without "wsman_"; wsman.h says what it does.
// What a call gives beside its document goes into `answer` or `page`, which the caller of the ABI
// frees. The number of what it opens is set at once, so that it can be ended if there is no memory
// for the document that names it. What perform() makes has no number, so its document is whole.
#ifndef WSMAN_ABI_CALLS_H_
#define WSMAN_ABI_CALLS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "abi/entry.h"
#include "base/error.h"
#include "wsman/wsman.h"

namespace wsman::abi {

Result<std::string> connect(Entry& entry, uint64_t& session_id, const char* request,
                            const wsman_credentials* credentials);
Result<std::string> identify(Entry& entry, wsman_bytes*& answer, const char* request,
                             const wsman_credentials* credentials);
Result<Document> perform(Entry& entry, wsman_bytes*& answer, const char* request,
                         const wsman_input& input);
Result<std::string> open_enumeration(Entry& entry, uint64_t& enumeration_id, wsman_bytes*& page,
                                     const char* request, const wsman_credentials* credentials);
Result<std::string> next_page(Entry& entry, wsman_bytes*& page, uint64_t enumeration_id);
Result<std::string> close_enumeration(Entry& entry, uint64_t enumeration_id, uint32_t timeout_ms);
Result<std::string> disconnect(Entry& entry, const char* computer, uint32_t timeout_ms);
Result<std::string> close(Entry& entry, const std::vector<uint64_t>& session_ids,
                          uint32_t timeout_ms);
// How long the end of all sessions may take.
Milliseconds exit_bound(const wsman_registry& registry, uint32_t timeout_ms) noexcept;
Result<std::string> close_all(wsman_registry& registry, uint32_t timeout_ms,
                              Cancellation& cancellation);
Result<std::string> state(wsman_registry& registry, uint64_t session_id);
Result<std::string> settings(wsman_registry& registry);
Result<std::string> change_settings(wsman_registry& registry, const char* request);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_CALLS_H_
