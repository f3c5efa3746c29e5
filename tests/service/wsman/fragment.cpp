#include "wsman/fragment.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "wsman/envelope.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

// What a path selects: elements, or their text alone.
struct Selected {
  std::vector<Element> elements;
  bool text = false;
};

[[noreturn]] void no_such_part(const std::string& path) {
  refuse(kInvalidFragmentPath, "The fragment path '" + path + "' selects nothing.");
}

std::vector<std::string> steps_of(std::string_view path) {
  std::vector<std::string> steps;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    steps.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return steps;
}

// "p:Name[2]": the prefix says nothing, the number counts from 1.
std::vector<Element> take_step(const Element& from, std::string step) {
  std::optional<std::uint32_t> index;
  const std::size_t bracket = step.find('[');
  if (bracket != std::string::npos) {
    if (step.back() != ']') return {};
    index = parse_number(std::string_view(step).substr(bracket + 1, step.size() - bracket - 2));
    if (!index) return {};
    step.resize(bracket);
  }
  step.erase(0, step.find(':') == std::string::npos ? 0 : step.find(':') + 1);
  std::vector<Element> found;
  for (const Element& child : from.children()) {
    if (child.name() == step) found.push_back(child);
  }
  if (!index) return found;
  if (*index == 0 || *index > found.size()) return {};
  return {found[*index - 1]};
}

Selected select(const Element& root, const std::string& path) {
  std::vector<std::string> steps = steps_of(path);
  Selected selected;
  if (!steps.empty() && steps.back() == "text()") {
    selected.text = true;
    steps.pop_back();
  }
  std::size_t next = !steps.empty() && steps.front() == root.name() ? 1 : 0;
  selected.elements = {root};
  for (; next < steps.size(); ++next) {
    if (selected.elements.empty()) break;
    selected.elements = take_step(selected.elements.front(), steps[next]);
  }
  if (steps.empty() || selected.elements.empty()) no_such_part(path);
  return selected;
}

SoapRequest parsed(const Ask& ask, const std::string& body) {
  return *SoapRequest::read(envelope(ask.flavour, "", body));
}

// The element stays, and has the text instead of what was in it.
void set_text(const Element& element, const std::string& text) {
  auto* const node = const_cast<xmlNode*>(element.node());
  xmlNodeSetContent(node, nullptr);
  xmlNodeAddContentLen(node, reinterpret_cast<const xmlChar*>(text.data()),
                       static_cast<int>(text.size()));
  // It is not nil any more.
  const std::string instance(kInstanceNamespace);
  xmlAttr* const nil = xmlHasNsProp(node, reinterpret_cast<const xmlChar*>("nil"),
                                    reinterpret_cast<const xmlChar*>(instance.c_str()));
  if (nil != nullptr) xmlRemoveProp(nil);
}

void replace_elements(const std::vector<Element>& old, const Element& fragment) {
  auto* const first = const_cast<xmlNode*>(old.front().node());
  for (const Element& element : fragment.children()) {
    xmlNode* const copy = xmlDocCopyNode(const_cast<xmlNode*>(element.node()), first->doc, 1);
    // A projection has no namespace; what stands there has that of its neighbours.
    if (copy->ns == nullptr) xmlSetNs(copy, first->ns);
    xmlAddPrevSibling(first, copy);
    xmlReconciliateNs(first->doc, copy);
  }
  for (const Element& element : old) {
    auto* const gone = const_cast<xmlNode*>(element.node());
    xmlUnlinkNode(gone);
    xmlFreeNode(gone);
  }
}

}  // namespace

std::optional<std::string> fragment_path(const Ask& ask) {
  const Element block = ask.request.block(kWsmanNamespace, "FragmentTransfer");
  if (!block) return std::nullopt;
  if (ask.flavour.family == Family::omi || ask.flavour.family == Family::amt) {
    refuse(kFragmentNotSupported, "Fragments are not supported.");
  }
  const std::string dialect = block.attribute("Dialect").value_or(std::string(kXPathDialect));
  if (dialect != kXPathDialect) {
    refuse(kFragmentDialectUnavailable, "The fragment dialect '" + dialect + "' is not supported.");
  }
  return block.trimmed();
}

std::string read_fragment(const Ask& ask, const std::string& body, const std::string& path) {
  const SoapRequest document = parsed(ask, body);
  const Selected selected = select(document.body(), path);
  std::string inner;
  for (const Element& element : selected.elements) {
    inner += selected.text ? escape_xml(element.text()) : element.xml();
  }
  std::string name = ask.flavour.tag(Ns::wsman, "XmlFragment") + " xmlns:xsi=\"";
  name.append(kInstanceNamespace).append("\"");
  return wrap(name, inner);
}

std::string change_fragment(const Ask& ask, const std::string& body, const std::string& path,
                            const Element& fragment) {
  if (!fragment.is(kWsmanNamespace, "XmlFragment")) {
    refuse(kInvalidRepresentation, "The body is no XmlFragment.");
  }
  const SoapRequest document = parsed(ask, body);
  const Selected selected = select(document.body(), path);
  if (selected.text || !fragment.first()) {
    set_text(selected.elements.front(), fragment.text());
  } else {
    replace_elements(selected.elements, fragment);
  }
  return envelope(ask.flavour, "", document.body().xml());
}

std::string fragment_header(const Ask& ask) {
  const Element block = ask.request.block(kWsmanNamespace, "FragmentTransfer");
  if (!block) return {};
  return leaf(ask.flavour.tag(Ns::wsman, "FragmentTransfer") + " " +
                  ask.flavour.tag(Ns::soap, "mustUnderstand") + "=\"true\"",
              block.trimmed());
}

}  // namespace wsman::service
