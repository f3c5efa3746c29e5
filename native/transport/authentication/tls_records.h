// TLS records as octets: where they end.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_TLS_RECORDS_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_TLS_RECORDS_H_

#include <cstddef>
#include <string_view>

namespace wsman {

constexpr size_t kTlsRecordHead = 5;
constexpr size_t kMostInTlsRecord = 16384;  // Of plain text [RFC 8446 5.1].

// How many octets at the start of `octets` are whole records, one after the other.
constexpr size_t tls_records_at(std::string_view octets) {
  constexpr size_t kMostExpansion = 2048;  // [RFC 5246 6.2.3]
  const auto at = [octets](size_t i) { return static_cast<unsigned char>(octets[i]); };
  size_t end = 0;
  while (octets.size() - end >= kTlsRecordHead) {
    const bool is_record = at(end) >= 20 && at(end) <= 23 && at(end + 1) == 3;
    const size_t size = static_cast<size_t>(at(end + 3)) << 8U | at(end + 4);
    if (!is_record || size > kMostInTlsRecord + kMostExpansion) break;
    if (octets.size() - end - kTlsRecordHead < size) break;
    end += kTlsRecordHead + size;
  }
  return end;
}

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_TLS_RECORDS_H_
