// CIM classes as resources: the instances of the model through WS-Management.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CIM_RESOURCE_H
#define WSMAN_TESTS_SERVICE_WSMAN_CIM_RESOURCE_H

#include <memory>
#include <string>

#include "wsman/model.h"
#include "wsman/resource.h"

namespace wsman::service {

class CimResource final : public Resource {
 public:
  // `model` must outlive the resource and its cursors.
  explicit CimResource(Model& model) : model_(model) {}

  // Whether the URI is one of a class, or of any class ("*").
  static bool handles(const Flavour& flavour, const std::string& uri);

  std::string get(const Ask& ask) override;
  std::string put(const Ask& ask, const Element& representation) override;
  std::string create(const Ask& ask, const Element& representation) override;
  void remove(const Ask& ask) override;
  std::unique_ptr<Cursor> enumerate(const Ask& ask, const Query& query) override;
  std::string invoke(const Ask& ask, const std::string& method, const Element& input) override;

 private:
  Model& model_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CIM_RESOURCE_H
