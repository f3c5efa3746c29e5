// The length of TLS records, read from their heads.
#ifndef WSMAN_TRANSPORT_HTTP_TLS_RECORDS_H_
#define WSMAN_TRANSPORT_HTTP_TLS_RECORDS_H_

#include <cstddef>
#include <string_view>

namespace wsman::http {

constexpr size_t kTlsRecordHead = 5;
constexpr size_t kMostInTlsRecord = 16384;  // Bytes of plain text [RFC 8446 5.1].

// The number of bytes at the start of `bytes` that are complete records, one after the other.
constexpr size_t tls_records_at(std::string_view bytes) {
  constexpr size_t kMostExpansion = 2048;  // [RFC 5246 6.2.3]
  const auto at = [bytes](size_t i) { return static_cast<unsigned char>(bytes[i]); };
  size_t end = 0;
  while (bytes.size() - end >= kTlsRecordHead) {
    // The content types 20 to 23 and the major version 3 begin every record of TLS 1.2 and 1.3 [RFC
    // 5246 6.2.1]. Other bytes are the text after the cipher.
    const bool is_record = at(end) >= 20 && at(end) <= 23 && at(end + 1) == 3;
    const size_t size = static_cast<size_t>(at(end + 3)) << 8U | at(end + 4);
    if (!is_record || size > kMostInTlsRecord + kMostExpansion) break;
    if (bytes.size() - end - kTlsRecordHead < size) break;
    end += kTlsRecordHead + size;
  }
  return end;
}

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_TLS_RECORDS_H_
