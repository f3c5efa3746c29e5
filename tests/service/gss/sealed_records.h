// The form in which messages of CredSSP travel: TLS records, as many as it takes.
// [MS-WSMV 2.2.9.1.2]
#ifndef WSMAN_TESTS_SERVICE_GSS_SEALED_RECORDS_H
#define WSMAN_TESTS_SERVICE_GSS_SEALED_RECORDS_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gss/sealed_message.h"
#include "http/message.h"

namespace wsman::service {

inline constexpr std::string_view kCredsspProtocol = "application/HTTP-CredSSP-session-encrypted";
inline constexpr std::size_t kMostInRecord = 16384;

struct SealedRecord {
  std::size_t length = 0;   // Of the text, as it is stated.
  std::size_t trailer = 0;  // The same of the trailer.
  std::string record;
};

struct SealedRecords {
  std::string original_type;
  std::vector<SealedRecord> records;
};

// Nothing if a single byte is not where it belongs: one record a group, closed once at the end,
// and the outer type that belongs to the number of groups.
std::optional<SealedRecords> read_records(const Request& request);

// `response` with its body in this form. `closes_each` closes every group, as others write it.
void write_records(Response& response, const SealedRecords& message, std::string_view protocol,
                   const Framing& framing, bool closes_each);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_SEALED_RECORDS_H
