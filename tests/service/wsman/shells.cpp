#include "wsman/shells.h"

#include <utility>

#include "http/message.h"
#include "wsman/envelope.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

constexpr std::uint64_t kLongestIdleMs = 2147483647;

constexpr const char* kDeclaration =
    " xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\"";

std::string wrapped(const char* name, const std::string& inner) {
  return wrap(std::string("rsp:") + name + kDeclaration, inner);
}

[[noreturn]] void no_such_shell() {
  refuse(kUnexpectedSelectors,
         "The request has selectors for a shell that does not exist on the server.");
}

// "PT7200.000S"
std::string duration(std::chrono::milliseconds time) {
  std::string thousandths = std::to_string(time.count() % 1000);
  thousandths.insert(0, 3 - thousandths.size(), '0');
  return "PT" + std::to_string(time.count() / 1000) + "." + thousandths + "S";
}

// An element of the shell namespace, or none.
Element shell_child(const Element& parent, std::string_view name) {
  return parent.child(kShellUri, name);
}

}  // namespace

struct Shells::Shell {
  Shell(const boost::asio::any_io_executor& executor, Counts& counts, const std::string& address)
      : open(counts, Counts::What::shell, address), client(address), timer(executor) {}

  Counts::Open open;
  std::string id;
  std::string name;
  std::string owner;
  const std::string client;
  std::string directory;
  std::map<std::string, std::string> environment;
  std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
  std::map<std::string, std::shared_ptr<Command>> commands;
  std::chrono::milliseconds idle_timeout{};
  boost::asio::steady_timer timer;  // Of the idle timeout.
  int receiving = 0;                // A Receive that waits keeps the shell.

  std::string xml() const {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - since);
    const std::string age = "P0DT0H0M" + std::to_string(seconds.count()) + "S";
    std::string inner = leaf("rsp:ShellId", id);
    if (!name.empty()) inner += leaf("rsp:Name", name);
    inner += leaf("rsp:ResourceUri", kCmdShellUri) + leaf("rsp:Owner", owner) +
             leaf("rsp:ClientIP", client) + leaf("rsp:ProcessId", "4321") +
             leaf("rsp:IdleTimeOut", duration(idle_timeout)) + leaf("rsp:InputStreams", "stdin") +
             leaf("rsp:OutputStreams", "stdout stderr") +
             leaf("rsp:MaxIdleTimeOut", "PT2147483.647S") + leaf("rsp:Locale", "en-US") +
             leaf("rsp:DataLocale", "en-US") + leaf("rsp:CompressionMode", "NoCompression") +
             leaf("rsp:ProfileLoaded", "Yes") + leaf("rsp:Encoding", "UTF8") +
             leaf("rsp:BufferMode", "Block") + leaf("rsp:State", "Connected") +
             leaf("rsp:ShellRunTime", age) + leaf("rsp:ShellInactivity", age) +
             leaf("rsp:MemoryUsed", "0MB") +
             leaf("rsp:ChildProcesses", std::to_string(commands.size()));
    if (!directory.empty()) inner += leaf("rsp:WorkingDirectory", directory);
    std::string variables;
    for (const auto& [variable, value] : environment) {
      variables += leaf("rsp:Variable Name=\"" + escape_xml(variable) + "\"", value);
    }
    if (!variables.empty()) inner += wrap("rsp:Environment", variables);
    return wrapped("Shell", inner);
  }

  std::string reference(const Flavour& flavour, std::string_view address) const {
    const std::string selector = flavour.tag(Ns::wsman, "Selector") + " Name=\"ShellId\"";
    return leaf(flavour.tag(Ns::addressing, "Address"), address) +
           wrap(flavour.tag(Ns::addressing, "ReferenceParameters"),
                leaf(flavour.tag(Ns::wsman, "ResourceURI"), kCmdShellUri) +
                    wrap(flavour.tag(Ns::wsman, "SelectorSet"), leaf(selector, id)));
  }
};

struct Shells::OpenCommand : Command {
  OpenCommand(const std::string& line, Counts& counts, const std::string& address)
      : Command(line), open(counts, Counts::What::command, address) {}

  Counts::Open open;
};

// A Receive that waits. The timer and the command both hold it; whichever is first answers.
struct Shells::Waiting {
  Waiting(const boost::asio::any_io_executor& executor, const std::shared_ptr<Shell>& waiting_shell,
          Reply waiting_reply)
      : timer(executor), shell(waiting_shell), reply(std::move(waiting_reply)) {
    ++waiting_shell->receiving;
  }

  // What to answer with, for the first who asks.
  Reply take() {
    const std::shared_ptr<Shell> open = shell.lock();
    if (reply && open) --open->receiving;
    return std::exchange(reply, nullptr);
  }

  boost::asio::steady_timer timer;
  std::weak_ptr<Shell> shell;  // Which holds the command that holds this.
  Reply reply;
};

Shells::Shells(const ServiceOptions& options, Counts& counts, IdleTimeout idle_timeout)
    : options_(options), counts_(counts), idle_timeout_(std::move(idle_timeout)) {}

Shells::~Shells() = default;

bool Shells::handles(const std::string& uri) {
  return same_ignoring_case(uri, kShellUri) || same_ignoring_case(uri, kCmdShellUri);
}

Shells::Shell& Shells::at(const Ask& ask) {
  for (const Selector& one : ask.selectors) {
    if (!same_ignoring_case(one.name, "ShellId")) continue;
    const auto found = shells_.find(one.text);
    if (found == shells_.end()) no_such_shell();
    used(*found->second);
    return *found->second;
  }
  refuse(kInsufficientSelectors, "The selector 'ShellId' is missing.");
}

Command& Shells::command_at(Shell& shell, const std::string& id) {
  const auto found = shell.commands.find(id);
  if (found == shell.commands.end()) {
    refuse(kUnexpectedSelectors, "The request has a command identifier that does not exist.");
  }
  return *found->second;
}

std::size_t Shells::open_commands() const {
  std::size_t count = 0;
  for (const auto& [id, shell] : shells_) count += shell->commands.size();
  return count;
}

void Shells::used(Shell& shell) {
  shell.timer.expires_after(shell.idle_timeout);
  shell.timer.async_wait([this, id = shell.id](const boost::system::error_code& error) {
    if (error) return;
    const auto found = shells_.find(id);
    if (found == shells_.end()) return;
    found->second->receiving > 0 ? used(*found->second) : forget(id);
  });
}

void Shells::forget(const std::string& id) {
  const std::shared_ptr<Shell> shell = shells_.at(id);
  shells_.erase(id);
  for (const auto& [name, command] : shell->commands) command->terminate();
}

std::string Shells::get(const Ask& ask) { return at(ask).xml(); }

std::string Shells::create(const Ask& ask, const Element& representation) {
  if (!representation.is(kShellUri, "Shell")) {
    refuse(kSchemaValidation, "The body is no Shell.");
  }
  if (shells_.size() >= options_.max_shells) {
    refuse(kMaxShells, "This user is allowed a maximum number of " +
                           std::to_string(options_.max_shells) + " concurrent shells.");
  }
  const auto shell = std::make_shared<Shell>(ask.executor, counts_, ask.entrance.address);
  shell->id = representation.attribute("ShellId").value_or(new_guid());
  if (shells_.contains(shell->id)) refuse(kAlreadyExists, "There is such a shell already.");
  shell->name = representation.attribute("Name").value_or("");
  shell->owner = ask.user;
  shell->idle_timeout = idle_timeout_();
  if (const Element idle = shell_child(representation, "IdleTimeOut")) {
    const auto milliseconds = parse_duration(idle.trimmed());
    if (!milliseconds || *milliseconds > kLongestIdleMs) {
      refuse(kSchemaValidation, "IdleTimeOut takes a duration such as PT7200.000S.");
    }
    shell->idle_timeout = std::chrono::milliseconds(*milliseconds);
  }
  shell->directory = shell_child(representation, "WorkingDirectory").trimmed();
  for (const Element& variable : shell_child(representation, "Environment").children()) {
    shell->environment[variable.attribute("Name").value_or("")] = variable.text();
  }
  shells_[shell->id] = shell;
  used(*shell);
  const std::string address = std::string(ask.entrance.secure ? "https://" : "http://") +
                              ask.entrance.address + ":" + std::to_string(ask.entrance.port) +
                              "/wsman";
  return wrap(ask.flavour.tag(Ns::transfer, "ResourceCreated"),
              shell->reference(ask.flavour, address)) +
         shell->xml();
}

void Shells::remove(const Ask& ask) {
  const std::string id = at(ask).id;
  forget(id);
}

std::unique_ptr<Cursor> Shells::enumerate(const Ask& ask, const Query& query) {
  std::vector<std::string> items;
  for (const auto& [id, shell] : shells_) {
    const std::string reference = wrap(ask.flavour.tag(Ns::addressing, "EndpointReference"),
                                       shell->reference(ask.flavour, kAnonymousRole));
    items.push_back(item_xml(ask.flavour, query.mode, shell->xml(), reference));
  }
  return list_cursor(std::move(items));
}

std::string Shells::invoke(const Ask& ask, const std::string& method, const Element& input) {
  Shell& shell = at(ask);
  if (method == "Command") return start_command(ask, shell, input);
  if (method == "Send") return send(shell, input);
  if (method == "Signal") return signal(shell, input);
  return Resource::invoke(ask, method, input);
}

std::string Shells::start_command(const Ask&, Shell& shell, const Element& line) {
  if (!line.is(kShellUri, "CommandLine") || !shell_child(line, "Command")) {
    refuse(kSchemaValidation, "The body is no CommandLine with a Command.");
  }
  std::string text = shell_child(line, "Command").trimmed();
  for (const Element& child : line.children()) {
    if (child.is(kShellUri, "Arguments")) text += " " + child.text();
  }
  const std::string id = line.attribute("CommandId").value_or(new_guid());
  if (shell.commands.contains(id)) refuse(kAlreadyExists, "There is such a command already.");
  shell.commands[id] = std::make_shared<OpenCommand>(text, counts_, shell.client);
  return wrapped("CommandResponse", leaf("rsp:CommandId", id));
}

std::string Shells::send(Shell& shell, const Element& send) {
  for (const Element& stream : send.children()) {
    Command& command = command_at(shell, stream.attribute("CommandId").value_or(""));
    const std::string end = stream.attribute("End").value_or("false");
    command.input(decode_base64(stream.text()), end == "true" || end == "TRUE" || end == "1");
  }
  return wrapped("SendResponse", "");
}

std::string Shells::signal(Shell& shell, const Element& signal) {
  const std::string id = signal.attribute("CommandId").value_or("");
  command_at(shell, id).terminate();
  // Only Terminate gives the command's place back.
  const std::string code = shell_child(signal, "Code").trimmed();
  if (code.ends_with("/Terminate") || code.ends_with("/terminate")) shell.commands.erase(id);
  return wrapped("SignalResponse", "");
}

void Shells::receive(const Ask& ask, std::chrono::milliseconds wait,
                     const boost::asio::any_io_executor& executor, Reply reply) {
  Shell& shell = at(ask);
  const Element desired = shell_child(ask.request.body(), "DesiredStream");
  const std::string id = desired.attribute("CommandId").value_or("");
  Command& command = command_at(shell, id);
  if (command.has_news()) {
    reply(wrapped("ReceiveResponse", command.news(id)), std::nullopt);
    return;
  }
  const auto waiting = std::make_shared<Waiting>(executor, shells_.at(shell.id), std::move(reply));
  // The command is alive while it calls; it goes only afterwards.
  command.when_news([waiting, id, &command] {
    waiting->timer.cancel();
    if (const Reply answer = waiting->take()) {
      answer(wrapped("ReceiveResponse", command.news(id)), std::nullopt);
    }
  });
  waiting->timer.expires_after(wait);
  waiting->timer.async_wait([waiting](const boost::system::error_code& error) {
    if (error) return;
    const Reply answer = waiting->take();
    if (!answer) return;
    Fault fault;
    fault.code = kOperationTimedOut;
    fault.reason = "The operation has not finished within OperationTimeout.";
    answer("", fault);
  });
}

}  // namespace wsman::service
