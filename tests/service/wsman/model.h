// The instances that the service keeps in memory.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_MODEL_H
#define WSMAN_TESTS_SERVICE_WSMAN_MODEL_H

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "wsman/object.h"
#include "wsman/schema.h"

namespace wsman::service {

class Model {
 public:
  // With `rows` instances of Loopback_Row, which are made when they are asked for.
  explicit Model(std::uint64_t rows);

  std::uint64_t rows() const { return rows_; }

  // The instance of `info`, or of a class below it, that the selectors name. Refuses selectors that
  // are not exactly its keys, and what is not there.
  Object get(const ClassInfo& info, const Selectors& selectors) const;
  // The stored one, to change. Rows cannot be changed.
  Object& at(const ClassInfo& info, const Selectors& selectors);

  // Refuses an instance that is there already.
  void add(Object object);
  void remove(const ClassInfo& info, const Selectors& selectors);

  // Those of `info` and, if `deep`, of the classes below it. Not the rows.
  std::vector<Object> instances(const ClassInfo& info, bool deep) const;

  std::uint32_t next_process_id() { return process_id_ += 4; }

 private:
  const Object* find(const ClassInfo& info, const Selectors& selectors) const;

  std::uint64_t rows_;
  std::list<Object> objects_;
  std::uint32_t process_id_ = 4000;
};

// What is there from the start.
std::list<Object> initial_instances();

// Instance `index` of Loopback_Row, from 0. The same index is always the same row.
Object make_row(std::uint64_t index);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_MODEL_H
