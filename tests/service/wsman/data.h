// What the service begins with: the XML files of data/.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_DATA_H
#define WSMAN_TESTS_SERVICE_WSMAN_DATA_H

#include "wsman/xml.h"

namespace wsman::service {

// The root of a file, such as "config.xml", without the white space between elements. It stays for
// as long as the program runs. Throws std::runtime_error if the file cannot be read.
Element data(const char* file);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_DATA_H
