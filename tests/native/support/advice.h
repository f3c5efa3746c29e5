// The advice of an error in one line: "UseTls TrustHost(server01)".
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_ADVICE_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_ADVICE_H_

#include <string>

#include "base/error.h"

namespace wsman::testing {

inline std::string advice_of(const Error& error) {
  std::string line;
  for (const Advice& advice : error.advice) {
    line += (line.empty() ? "" : " ") + std::string(name_of(advice.key));
    for (const std::string& argument : advice.arguments) line += "(" + argument + ")";
  }
  return line;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_ADVICE_H_
