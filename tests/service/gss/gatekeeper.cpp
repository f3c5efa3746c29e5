#include "gss/gatekeeper.h"

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

#include "http/base64.h"

namespace wsman::service {
namespace {

// [RFC 4178 4.2.2] NegTokenResp with accept-incomplete and nothing else.
constexpr std::string_view kGoOn("\xA1\x07\x30\x05\xA0\x03\x0A\x01\x01", 9);
constexpr std::string_view kGarbage = "This is no token.";

const char* scheme_name(bool kerberos) { return kerberos ? "Kerberos" : "Negotiate"; }

Response with_token(unsigned status, const std::string& scheme, std::string_view token) {
  Response response;
  response.status = status;
  response.fields.emplace_back("WWW-Authenticate",
                               token.empty() ? scheme : scheme + " " + encode_base64(token));
  return response;
}

// "Negotiate abc" -> "Negotiate" and "abc".
std::pair<std::string_view, std::string_view> split(std::string_view authorization) {
  const std::size_t space = authorization.find(' ');
  if (space == std::string_view::npos) return {authorization, {}};
  return {authorization.substr(0, space), authorization.substr(space + 1)};
}

SealedPeer* peer_of(const ExchangePtr& exchange) {
  return dynamic_cast<SealedPeer*>(exchange->peer().state.get());
}

}  // namespace

Gatekeeper::Gatekeeper(const GssOptions& options, Counts& counts,
                       std::function<void()> swap_certificate)
    : options_(options),
      counts_(counts),
      swap_certificate_(std::move(swap_certificate)),
      credssp_(options, counts) {
  if (!options_.keytab.empty()) {
    ::setenv("KRB5_KTNAME", ("FILE:" + options_.keytab).c_str(), 1);
  }
}

Gatekeeper::Verdict Gatekeeper::authenticate(const ExchangePtr& exchange, GssQuirk quirk) {
  const Request& request = exchange->request();
  if (!options_.any()) return Verdict::not_mine;
  if (const auto authorization = request.field("Authorization")) {
    const auto [scheme, token] = split(*authorization);
    if (options_.offer_credssp && same_ignoring_case(scheme, "CredSSP")) {
      return credssp(exchange, token, quirk);
    }
    const bool kerberos = same_ignoring_case(scheme, "Kerberos");
    const bool offered = kerberos
                             ? options_.offer_kerberos
                             : options_.offer_negotiate && same_ignoring_case(scheme, "Negotiate");
    if (offered) return take_token(exchange, kerberos, token, quirk);
    const bool basic = same_ignoring_case(scheme, "Basic") && takes_basic(request.entrance);
    if (basic || same_ignoring_case(scheme, "Digest")) return Verdict::not_mine;
    return refuse(exchange, quirk, "The scheme is not offered.");
  }
  CredsspPeer* const delegate = CredsspGate::peer_of(exchange);
  if (delegate != nullptr && delegate->established()) {
    return pass_on(exchange, credssp_.admit(exchange, *delegate, quirk), quirk);
  }
  SealedPeer* const peer = peer_of(exchange);
  if (peer != nullptr && peer->established) return admit(exchange, *peer, quirk);
  if (is_sealed(request)) return refuse(exchange, quirk, "Sealed, on a connection of nobody.");
  return Verdict::not_mine;
}

Response Gatekeeper::challenge(const Entrance& entrance, GssQuirk quirk) const {
  Response response;
  response.status = 401;
  const auto offer = [&response](const char* value) {
    response.fields.emplace_back("WWW-Authenticate", value);
  };
  const bool only_basic = quirk == GssQuirk::only_basic;
  if (options_.offer_negotiate && !only_basic) offer("Negotiate");
  if (options_.offer_kerberos && !only_basic) offer("Kerberos");
  if (options_.offer_credssp && !only_basic) offer("CredSSP");
  if (takes_basic(entrance) || only_basic) offer("Basic realm=\"WSMAN\"");
  return response;
}

bool Gatekeeper::takes_clear_text(const Entrance& entrance) const {
  return entrance.secure || options_.allow_unencrypted;
}

// Windows does not offer Basic over http unless AllowUnencrypted is true. Without Negotiate the
// service is as it always was, for tests that are not about this.
bool Gatekeeper::takes_basic(const Entrance& entrance) const {
  return options_.offer_basic && (!options_.any() || takes_clear_text(entrance));
}

Gatekeeper::Verdict Gatekeeper::refuse(const ExchangePtr& exchange, GssQuirk quirk,
                                       std::string reason) {
  counts_.refused();
  counts_.security().last_refusal = std::move(reason);
  exchange->peer().state.reset();
  Response response = challenge(exchange->request().entrance, quirk);
  response.close = quirk == GssQuirk::refusal_closes;
  exchange->answer(response);
  return Verdict::answered;
}

Gatekeeper::Verdict Gatekeeper::take_token(const ExchangePtr& exchange, bool kerberos,
                                           std::string_view token, GssQuirk quirk) {
  counts_.security().tokens += 1;
  const std::string scheme = scheme_name(kerberos);
  if (quirk == GssQuirk::only_basic || quirk == GssQuirk::endless_offer) {
    return refuse(exchange, quirk, "By the path.");
  }
  if (err(exchange, scheme, quirk)) return Verdict::answered;
  const auto bytes = decode_base64(token);
  if (!bytes || bytes->empty()) return refuse(exchange, quirk, "The token is not base64.");

  SealedPeer* peer = peer_of(exchange);
  if (peer != nullptr && quirk == GssQuirk::other_connection) {
    exchange->peer().state.reset();
    return refuse(exchange, quirk, "The connection is not known.");
  }
  try {
    if (peer == nullptr || peer->established || peer->of_kerberos_scheme() != kerberos) {
      auto made = std::make_unique<SealedPeer>(options_, kerberos);
      peer = made.get();
      exchange->peer().state = std::move(made);
    }
  } catch (const std::runtime_error& error) {
    return refuse(exchange, quirk, error.what());
  }
  return step(exchange, *peer, *bytes, quirk);
}

Gatekeeper::Verdict Gatekeeper::credssp(const ExchangePtr& exchange, std::string_view token,
                                        GssQuirk quirk) {
  counts_.security().tokens += 1;
  if (quirk == GssQuirk::only_basic || quirk == GssQuirk::endless_offer) {
    return refuse(exchange, quirk, "By the path.");
  }
  if (err(exchange, "CredSSP", quirk)) return Verdict::answered;
  return pass_on(exchange, credssp_.take_token(exchange, token, quirk), quirk);
}

Gatekeeper::Verdict Gatekeeper::pass_on(const ExchangePtr& exchange, CredsspGate::Verdict verdict,
                                        GssQuirk quirk) {
  if (verdict == CredsspGate::Verdict::refused) return refuse(exchange, quirk, credssp_.reason());
  return verdict == CredsspGate::Verdict::accepted ? Verdict::accepted : Verdict::answered;
}

// Whether the token was answered as the path wants it, whatever it brought.
bool Gatekeeper::err(const ExchangePtr& exchange, const std::string& scheme, GssQuirk quirk) {
  Response response;
  response.status = 401;
  switch (quirk) {
    case GssQuirk::garbage_token:
      response = with_token(401, scheme, kGarbage);
      break;
    case GssQuirk::no_base64:
      response.fields.emplace_back("WWW-Authenticate", scheme + " =*=?");
      break;
    case GssQuirk::oversized_token:
      response = with_token(401, scheme, std::string(kOversizedToken, '\x60'));
      break;
    case GssQuirk::endless:
      response = with_token(401, scheme, kGoOn);
      break;
    case GssQuirk::token_hangs_up:
      exchange->hang_up();
      return true;
    default:
      return false;
  }
  exchange->answer(response);
  return true;
}

Gatekeeper::Verdict Gatekeeper::step(const ExchangePtr& exchange, SealedPeer& peer,
                                     const std::string& token, GssQuirk quirk) {
  const std::string scheme = scheme_name(peer.of_kerberos_scheme());
  const std::string binding = binding_for(exchange->peer(), quirk);
  std::string answer;
  switch (peer.acceptor().step(token, binding, answer)) {
    case Acceptor::Outcome::refused:
      return refuse(exchange, quirk, peer.acceptor().reason());
    case Acceptor::Outcome::established:
      if (!binding.empty() && options_.channel_binding == GssOptions::Binding::strict &&
          !peer.acceptor().is_bound()) {
        return refuse(exchange, quirk, "The client is not bound to the channel.");
      }
      return established(exchange, peer, answer, quirk);
    case Acceptor::Outcome::go_on:
      break;
  }
  Response response = with_token(401, scheme, answer);
  const bool swaps = quirk == GssQuirk::swap_certificate && !std::exchange(swapped_, true);
  response.close = quirk == GssQuirk::token_closes || swaps;
  if (swaps) swap_certificate_();
  exchange->answer(response);
  return Verdict::answered;
}

std::string Gatekeeper::binding_for(const Peer& peer, GssQuirk quirk) const {
  if (options_.channel_binding == GssOptions::Binding::none) return "";
  return quirk == GssQuirk::other_certificate ? peer.foreign_binding : peer.channel_binding;
}

Gatekeeper::Verdict Gatekeeper::established(const ExchangePtr& exchange, SealedPeer& peer,
                                            const std::string& token, GssQuirk quirk) {
  peer.established = true;
  Counts::Security& security = counts_.security();
  ++security.contexts;
  ++(peer.acceptor().is_ntlm() ? security.ntlm : security.kerberos);
  security.bound += peer.acceptor().is_bound() ? 1 : 0;
  security.delegated += peer.acceptor().is_delegated() ? 1 : 0;
  security.last_client = peer.acceptor().client();

  const std::string scheme = scheme_name(peer.of_kerberos_scheme());
  std::string last(quirk == GssQuirk::garbage_last_token ? kGarbage : std::string_view(token));
  if (quirk == GssQuirk::changed_last_token && !last.empty()) last.back() ^= 1;
  if (exchange->request().body.empty()) {
    exchange->answer(last.empty() ? Response() : with_token(200, scheme, last));
    return Verdict::answered;
  }
  // The request came with the last token of the client, and the last of the service goes with its
  // answer.
  const Verdict verdict = admit(exchange, peer, quirk);
  if (verdict == Verdict::accepted && !last.empty()) {
    exchange->before_answer([field = with_token(200, scheme, last).fields](Response& response) {
      response.fields.insert(response.fields.end(), field.begin(), field.end());
    });
  }
  return verdict;
}

Gatekeeper::Verdict Gatekeeper::admit(const ExchangePtr& exchange, SealedPeer& peer,
                                      GssQuirk quirk) {
  if (is_sealed(exchange->request())) return unseal(exchange, quirk);
  if (takes_clear_text(exchange->request().entrance)) return Verdict::accepted;
  if (peer.acceptor().is_ntlm()) return refuse(exchange, quirk, "Clear text is not allowed.");
  // What Windows says to clear text of a client of Kerberos.
  Response response;
  response.status = 500;
  counts_.security().last_refusal = "Clear text is not allowed.";
  exchange->answer(response);
  return Verdict::answered;
}

Gatekeeper::Verdict Gatekeeper::unseal(const ExchangePtr& exchange, GssQuirk quirk) {
  SealedPeer* const peer = peer_of(exchange);
  const auto message = read_sealed(exchange->request());
  const auto text = message ? peer->open(*message) : std::nullopt;
  if (!text) {
    counts_.security().last_refusal =
        message ? "Unsealing: " + peer->acceptor().reason() : "The sealed message is malformed.";
    exchange->answer(html_page(400, "Bad Request"));
    exchange->peer().state.reset();
    return Verdict::answered;
  }
  ++counts_.security().sealed;
  exchange->replace_body(*text, message->original_type);
  exchange->before_answer([weak = std::weak_ptr(exchange), quirk](Response& response) {
    const auto self = weak.lock();
    SealedPeer* const sealer = self ? peer_of(self) : nullptr;
    // [MS-WSMV 2.2.9.1] An answer without a body is not sealed.
    if (sealer != nullptr && !response.body.empty()) sealer->close(response, quirk);
  });
  return Verdict::accepted;
}

}  // namespace wsman::service
