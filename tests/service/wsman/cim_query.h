// Which instances of the model an enumeration gives, and in what form.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CIM_QUERY_H
#define WSMAN_TESTS_SERVICE_WSMAN_CIM_QUERY_H

#include <memory>
#include <string>

#include "wsman/model.h"
#include "wsman/resource.h"

namespace wsman::service {

// `class_name` may be "*" with a filter that says the class. `model` must outlive the cursor.
std::unique_ptr<Cursor> cim_cursor(const Model& model, const Notation& notation,
                                   const std::string& class_name, const Query& query);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CIM_QUERY_H
