#include "options.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <functional>
#include <map>
#include <stdexcept>

#include "http/message.h"

namespace wsman::service {
namespace {

using Setters = std::map<std::string, std::function<void(const std::string&)>>;

std::string loopback_address(const std::string& option, const std::string& text) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(text, error);
  if (error || !address.is_loopback()) {
    throw std::invalid_argument(option + " takes an address of 127.0.0.0/8 or ::1, not '" + text +
                                "'.");
  }
  return address.to_string();
}

std::uint32_t number(const std::string& option, const std::string& text, std::uint32_t most) {
  const auto value = parse_number(text);
  if (!value || *value > most) {
    throw std::invalid_argument(option + " takes a number from 0 to " + std::to_string(most) +
                                ", not '" + text + "'.");
  }
  return *value;
}

Family family(const std::string& text) {
  const auto family = family_named(text);
  if (!family) {
    throw std::invalid_argument("--flavour takes windows, omi, openwsman or amt, not '" + text +
                                "'.");
  }
  return *family;
}

bool changing(const std::string& text) {
  if (text != "fixed" && text != "changing") {
    throw std::invalid_argument("--contexts takes fixed or changing, not '" + text + "'.");
  }
  return text == "changing";
}

bool yes(const std::string& option, const std::string& text) {
  if (text != "yes" && text != "no") {
    throw std::invalid_argument(option + " takes yes or no, not '" + text + "'.");
  }
  return text == "yes";
}

using Switches = std::map<std::string, bool*>;

// "negotiate,basic": what is named is on, the others are off.
void choose(const std::string& option, const std::string& text, const Switches& switches) {
  for (const auto& [name, value] : switches) *value = false;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const auto chosen = switches.find(text.substr(at, end - at));
    if (chosen == switches.end()) {
      throw std::invalid_argument(option + " knows no '" + text.substr(at, end - at) + "'.");
    }
    *chosen->second = true;
    at = end + 1;
  }
}

GssOptions::Binding binding(const std::string& text) {
  using Binding = GssOptions::Binding;
  const std::map<std::string, Binding> bindings = {
      {"none", Binding::none}, {"relaxed", Binding::relaxed}, {"strict", Binding::strict}};
  const auto found = bindings.find(text);
  if (found == bindings.end()) {
    throw std::invalid_argument("--channel-binding takes none, relaxed or strict, not '" + text +
                                "'.");
  }
  return found->second;
}

// "MD5,SHA-256"
std::vector<std::string> algorithms(const std::string& text) {
  std::vector<std::string> chosen;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string name = text.substr(at, end - at);
    if (name != "MD5" && name != "SHA-256" && name != "MD5-sess" && name != "SHA-256-sess") {
      throw std::invalid_argument("--digest-algorithms knows no '" + name + "'.");
    }
    chosen.push_back(name);
    at = end + 1;
  }
  return chosen;
}

Setters gss_setters_for(GssOptions& gss) {
  return {
      {"--offer",
       [&](const std::string& v) {
         choose("--offer", v,
                {{"negotiate", &gss.offer_negotiate},
                 {"kerberos", &gss.offer_kerberos},
                 {"credssp", &gss.offer_credssp},
                 {"basic", &gss.offer_basic},
                 {"digest", &gss.offer_digest}});
       }},
      {"--gss-mechs",
       [&](const std::string& v) {
         choose("--gss-mechs", v, {{"kerberos", &gss.kerberos}, {"ntlm", &gss.ntlm}});
       }},
      {"--credssp-version",
       [&](const std::string& v) {
         gss.credssp_version = static_cast<int>(number("--credssp-version", v, 127));
       }},
      {"--credssp-tls-13",
       [&](const std::string& v) { gss.credssp_tls_13 = yes("--credssp-tls-13", v); }},
      {"--credssp-tickets",
       [&](const std::string& v) { gss.credssp_tickets = yes("--credssp-tickets", v); }},
      {"--gss-keytab", [&](const std::string& v) { gss.keytab = v; }},
      {"--channel-binding", [&](const std::string& v) { gss.channel_binding = binding(v); }},
      {"--allow-unencrypted",
       [&](const std::string& v) { gss.allow_unencrypted = yes("--allow-unencrypted", v); }},
      {"--part-tab", [&](const std::string& v) { gss.part_tab = yes("--part-tab", v); }},
  };
}

Setters service_setters_for(ServiceOptions& service) {
  Setters setters = {
      {"--flavour", [&](const std::string& v) { service.family = family(v); }},
      {"--contexts", [&](const std::string& v) { service.new_context = changing(v); }},
      {"--policy", [&](const std::string& v) { service.policies.push_back(v); }},
  };
  const auto add = [&setters](const char* option, std::uint32_t& value, std::uint32_t most) {
    setters[option] = [option, &value, most](const std::string& v) {
      value = number(option, v, most);
    };
  };
  add("--plugins", service.plugins, 10000);
  add("--rows", service.rows, 1000000);
  add("--max-shells", service.max_shells, 1000000);
  add("--max-operations", service.max_operations, 1000000);
  add("--max-batch", service.max_batch, 1000000);
  add("--max-envelope-kb", service.max_envelope_kb, 1000000);
  add("--context-seconds", service.context_seconds, 86400);
  return setters;
}

Setters setters_for(Options& options) {
  const auto port = [](const std::string& option, const std::string& text) {
    return static_cast<std::uint16_t>(number(option, text, 65535));
  };
  return {
      {"--address",
       [&](const std::string& v) {
         options.addresses.push_back(loopback_address("--address", v));
       }},
      {"--outside-certificate",
       [&](const std::string& v) {
         options.outside_certificate.push_back(loopback_address("--outside-certificate", v));
       }},
      {"--digest-algorithms",
       [&](const std::string& v) { options.digest.algorithms = algorithms(v); }},
      {"--digest-uses",
       [&](const std::string& v) { options.digest.uses = number("--digest-uses", v, 1000000); }},
      {"--name", [&](const std::string& v) { options.names.push_back(v); }},
      {"--http-port",
       [&, port](const std::string& v) { options.http_port = port("--http-port", v); }},
      {"--https-port",
       [&, port](const std::string& v) { options.https_port = port("--https-port", v); }},
      {"--user", [&](const std::string& v) { options.user = v; }},
      {"--password", [&](const std::string& v) { options.password = v; }},
      {"--ca-directory", [&](const std::string& v) { options.ca_directory = v; }},
      {"--tls-version",
       [&](const std::string& v) {
         if (v != "1.0" && v != "1.1") {
           throw std::invalid_argument("--tls-version takes 1.0 or 1.1, not '" + v + "'.");
         }
         options.tls_version = v;
       }},
      {"--dies-unheard",
       [&](const std::string& v) { options.dies_unheard = yes("--dies-unheard", v); }},
      {"--seconds", [&](const std::string& v) { options.seconds = number("--seconds", v, 86400); }},
  };
}

void require(bool present, const char* option) {
  if (!present) throw std::invalid_argument(std::string(option) + " is needed.");
}

}  // namespace

std::vector<std::string> Options::all_addresses() const {
  std::vector<std::string> all = addresses;
  all.insert(all.end(), outside_certificate.begin(), outside_certificate.end());
  return all;
}

std::string_view usage() {
  return "usage: wsman-service --address ADDRESS [--address ADDRESS]...\n"
         "         [--outside-certificate ADDRESS]... [--name NAME]... [--http-port N] "
         "[--https-port N]\n"
         "         --user NAME --password TEXT --ca-directory DIRECTORY [--seconds N]\n"
         "         [--dies-unheard yes|no] [--tls-version 1.0|1.1]\n"
         "         [--flavour windows|omi|openwsman|amt] [--rows N] [--contexts fixed|changing]\n"
         "         [--max-shells N] [--max-operations N] [--max-batch N] [--max-envelope-kb N]\n"
         "         [--context-seconds N] [--plugins N] [--policy PATH=VALUE]...\n"
         "         [--offer negotiate,kerberos,credssp,basic,digest] [--gss-mechs kerberos,ntlm]\n"
         "         [--gss-keytab FILE] [--part-tab yes|no] [--allow-unencrypted yes|no]\n"
         "         [--channel-binding none|relaxed|strict]\n"
         "         [--credssp-version N] [--credssp-tls-13 yes|no] [--credssp-tickets yes|no]\n"
         "         [--digest-algorithms SHA-256,MD5,SHA-256-sess,MD5-sess] [--digest-uses N]\n";
}

Options parse_options(const std::vector<std::string>& arguments) {
  Options options;
  Setters setters = setters_for(options);
  setters.merge(service_setters_for(options.service));
  setters.merge(gss_setters_for(options.gss));
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--help") {
      options.help = true;
      return options;
    }
    const auto setter = setters.find(arguments[i]);
    if (setter == setters.end()) {
      throw std::invalid_argument("There is no option '" + arguments[i] + "'.");
    }
    if (i + 1 == arguments.size()) throw std::invalid_argument(arguments[i] + " takes a value.");
    setter->second(arguments[++i]);
  }
  options.digest.offered = options.gss.offer_digest;
  require(!options.addresses.empty(), "--address");
  require(!options.user.empty(), "--user");
  require(!options.password.empty(), "--password");
  require(!options.ca_directory.empty(), "--ca-directory");
  options.gss.credssp_user = options.user;
  options.gss.credssp_password = options.password;
  return options;
}

}  // namespace wsman::service
