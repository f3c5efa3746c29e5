// What is in the model from the start: invented, and shaped like what Windows has.
#include <array>
#include <cstdio>

#include "wsman/model.h"

namespace wsman::endpoint {
namespace {

Object blank(std::string_view class_name) { return blank_object(*find_class(class_name)); }

void set_value(Object& object, std::string_view name, Value value) {
  object.find(name)->values = {std::move(value)};
}

void set_array(Object& object, std::string_view name, const std::vector<std::string>& texts) {
  std::vector<Value>& values = object.find(name)->values;
  values.clear();
  for (const std::string& text : texts) values.push_back(text_value(text));
}

Reference service(const std::string& name) { return {"Win32_Service", {{"Name", name, {}}}}; }

struct ServiceSeed {
  const char* name;
  const char* display_name;
  const char* start_mode;
  unsigned process_id;  // 0: stopped.
};

constexpr std::array<ServiceSeed, 12> kServices = {{
    {"winrm", "Windows Remote Management (WS-Management)", "Auto", 1204},
    {"spooler", "Print Spooler", "Auto", 2312},
    {"bits", "Background Transfer", "Manual", 0},
    {"dnscache", "DNS Client", "Auto", 1204},
    {"eventlog", "Event Log", "Auto", 988},
    {"w32time", "Time", "Manual", 0},
    {"wuauserv", "Update", "Manual", 0},
    {"rpcss", "Remote Procedure Call (RPC)", "Auto", 860},
    {"schedule", "Task Scheduler", "Auto", 988},
    {"lanmanserver", "Server", "Auto", 2520},
    {"themes", "Themes \xE2\x80\x93 B\xC3\xBCro & \"Heim\" <beta>", "Disabled", 0},
    {"termservice", "Remote Desktop", "Manual", 2600},
}};

void fill_base(Object& object, const ServiceSeed& seed) {
  const bool running = seed.process_id != 0;
  object.set("Name", seed.name);
  object.set("Caption", seed.display_name);
  object.set("DisplayName", seed.display_name);
  object.set("Started", running ? "true" : "false");
  object.set("AcceptStop", running ? "true" : "false");
  object.set("State", running ? "Running" : "Stopped");
  object.set("Status", "OK");
  object.set("StartMode", seed.start_mode);
  object.set("SystemName", "LOOPBACK");
  object.set("ExitCode", running ? "0" : "1077");
  object.set("ServiceType", "Share Process");
  object.set("PathName", R"(C:\Windows\System32\svchost.exe -k )" + std::string(seed.name));
}

Object make_service(const ServiceSeed& seed) {
  Object object = blank("Win32_Service");
  fill_base(object, seed);
  object.set("DelayedAutoStart", "false");
  object.set("ProcessId", std::to_string(seed.process_id));
  object.set("StartName", "LocalSystem");
  if (seed.process_id != 0) {
    set_value(
        object, "Process",
        reference_value({"Win32_Process", {{"Handle", std::to_string(seed.process_id), {}}}}));
  }
  return object;
}

// One service has a value of each kind.
void enrich_winrm(Object& object) {
  object.set("Description", "Answers WS-Management.\nWritten on two lines.");
  set_value(object, "InstallDate", datetime_value("2021-05-08T08:20:24.5Z"));
  set_array(object, "Triggers", {"network", "a;b", "<domain join>"});
  Object recovery = blank("Loopback_Recovery");
  recovery.set("Action", "Restart");
  recovery.set("DelaySeconds", "60");
  set_array(recovery, "Commands", {"first", "second"});
  set_value(object, "Recovery", object_value(std::move(recovery)));
}

Object make_dependency(const std::string& antecedent, const std::string& dependent) {
  Object object = blank("Win32_DependentService");
  set_value(object, "Antecedent", reference_value(service(antecedent)));
  set_value(object, "Dependent", reference_value(service(dependent)));
  object.set("TypeOfDependency", "2");
  return object;
}

Object make_driver() {
  Object object = blank("Win32_SystemDriver");
  fill_base(object, {"http", "HTTP Service", "Manual", 4});
  object.set("ServiceType", "Kernel Driver");
  object.set("Altitude", "18446744073709551615");
  return object;
}

Object make_base_service() {
  Object object = blank("CIM_Service");
  object.set("Name", "loopback");
  object.set("Caption", "A service of the base class itself");
  object.set("Started", "true");
  return object;
}

Object make_process(unsigned id, const std::string& name) {
  Object object = blank("Win32_Process");
  object.set("Handle", std::to_string(id));
  object.set("ProcessId", std::to_string(id));
  object.set("Name", name);
  object.set("Priority", "8");
  set_value(object, "CreationDate", datetime_value("2024-02-29T23:59:59Z"));
  return object;
}

Object make_environment() {
  Object object = blank("Win32_Environment");
  object.set("Name", "PATH");
  object.set("UserName", "<SYSTEM>");
  object.set("VariableValue", R"(C:\Windows;C:\Windows\System32)");
  object.set("SystemVariable", "true");
  object.set("Status", "OK");
  return object;
}

Object make_operating_system() {
  Object object = blank("Win32_OperatingSystem");
  object.set("Name", R"(Loopback Server|C:\Windows|\Device\Harddisk0\Partition1)");
  object.set("Caption", "Loopback Server");
  object.set("Version", "10.0.20348");
  object.set("TotalVisibleMemorySize", "8388608");
  object.set("Primary", "true");
  set_value(object, "LastBootUpTime", datetime_value("2024-01-01T00:00:00+01:00"));
  set_array(object, "MUILanguages", {"en-US", "de-DE"});
  return object;
}

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
  std::list<Object> all;
  for (const ServiceSeed& seed : kServices) all.push_back(make_service(seed));
  enrich_winrm(all.front());
  all.push_back(make_driver());
  all.push_back(make_base_service());
  all.push_back(make_dependency("rpcss", "winrm"));
  all.push_back(make_dependency("rpcss", "spooler"));
  all.push_back(make_dependency("eventlog", "schedule"));
  for (const unsigned id : {860U, 988U, 1204U, 2312U, 2520U, 2600U}) {
    all.push_back(make_process(id, "svchost.exe"));
  }
  all.push_back(make_environment());
  all.push_back(make_operating_system());
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

}  // namespace wsman::endpoint
