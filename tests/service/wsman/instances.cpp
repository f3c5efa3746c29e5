// What is in the model from the start (data/instances.xml), and the rows that are made on the way.
#include <array>
#include <cstdio>

#include "wsman/data.h"
#include "wsman/fault.h"
#include "wsman/model.h"
#include "wsman/representation.h"

namespace wsman::service {
namespace {

Object blank(std::string_view class_name) { return blank_object(*find_class(class_name)); }

std::string row_date(std::uint64_t index) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "20%02u-%02u-%02uT%02u:%02u:%02uZ",
                static_cast<unsigned>(index / 336 % 100),
                static_cast<unsigned>(index / 28 % 12) + 1, static_cast<unsigned>(index % 28) + 1,
                static_cast<unsigned>(index % 24), static_cast<unsigned>(index % 60),
                static_cast<unsigned>(index * 7 % 60));
  return text.data();
}

}  // namespace

std::list<Object> initial_instances() {
  constexpr ReadingFaults kFaults = {kSchemaValidation, kInvalidXmlValues};
  std::list<Object> all;
  for (const Element& one : data("instances.xml").children()) {
    const ClassInfo& info = *find_class(one.name());
    Object& object = all.emplace_back(blank_object(info));
    for (Property& property : read_properties(one, properties_of(info), kFaults)) {
      object.find(property.name)->values = std::move(property.values);
    }
  }
  return all;
}

// About a kilobyte of XML each, with every kind of character data that needs no other instance.
Object make_row(std::uint64_t index) {
  static const Object kBlank = blank("Loopback_Row");
  Object row = kBlank;
  std::size_t next = 0;
  const auto put = [&row, &next](Value value) {
    row.properties[next++].values = {std::move(value)};
  };
  const std::string number = std::to_string(index);
  put(text_value(number));
  put(text_value("row-" + number));
  put(text_value("Row " + number + " of the loopback service"));
  if (index % 4 == 0) {
    ++next;  // Every fourth has no description.
  } else {
    put(text_value("Made on the fly & kept nowhere, <" + number + ">"));
  }
  put(text_value(index % 2 == 0 ? "true" : "false"));
  put(text_value(index % 3 == 0 ? "Running" : "Stopped"));
  put(text_value(std::to_string(index * 4096)));
  put(text_value(std::to_string(index * 1024)));
  put(text_value(std::to_string(index % 100) + ".5"));
  put(datetime_value(row_date(index)));
  put(text_value(R"(LOOPBACK\owner)" + std::to_string(index % 7)));
  put(text_value(R"(C:\Data\)" + number + ".bin"));
  row.properties[next++].values = {text_value("tag" + std::to_string(index % 5)),
                                   text_value("even " + std::to_string(index / 2 * 2))};
  put(text_value("Gr\xC3\xBC\xC3\x9F\x65 \xE2\x82\xAC " + number));
  put(text_value(std::to_string(index * 2654435761U % 4294967296U)));
  return row;
}

}  // namespace wsman::service
