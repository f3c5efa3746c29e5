#include "gss/credssp_gate.h"

#include <stdexcept>
#include <utility>

#include "http/base64.h"

namespace wsman::service {
namespace {

constexpr const char* kScheme = "CredSSP";

Response with_token(std::string_view token) {
  Response response;
  response.status = 401;
  response.fields.emplace_back("WWW-Authenticate",
                               token.empty() ? kScheme : kScheme + (" " + encode_base64(token)));
  return response;
}

// Whether a token of that phase is answered by hanging up.
bool hangs_up(CredsspPeer::Phase phase, bool with_key, GssQuirk quirk) {
  switch (quirk) {
    case GssQuirk::credssp_ends_shaking:
      return phase == CredsspPeer::Phase::shaking;
    case GssQuirk::credssp_ends_proving:
      return phase == CredsspPeer::Phase::proving && !with_key;
    case GssQuirk::credssp_ends_binding:
      return with_key;
    case GssQuirk::credssp_ends_delegating:
      return phase == CredsspPeer::Phase::delegating;
    default:
      return false;
  }
}

}  // namespace

CredsspGate::CredsspGate(const GssOptions& options, Counts& counts)
    : options_(options), counts_(counts) {
  if (options_.offer_credssp) server_ = std::make_unique<CredsspTlsServer>(options_);
}

CredsspPeer* CredsspGate::peer_of(const ExchangePtr& exchange) {
  return dynamic_cast<CredsspPeer*>(exchange->peer().state.get());
}

CredsspGate::Verdict CredsspGate::take_token(const ExchangePtr& exchange, std::string_view token,
                                             GssQuirk quirk) {
  const auto bytes = decode_base64(token);
  if (!bytes || bytes->empty()) return refuse("The token is not base64.");
  CredsspPeer* peer = peer_of(exchange);
  try {
    // A client that begins anew says so by a handshake: [RFC 8446 5.1] its records begin with 22.
    const bool anew =
        bytes->front() == '\x16' && peer != nullptr && peer->phase() != CredsspPeer::Phase::shaking;
    if (peer == nullptr || anew || peer->established()) {
      auto made = std::make_unique<CredsspPeer>(options_, *server_);
      peer = made.get();
      exchange->peer().state = std::move(made);
    }
  } catch (const std::runtime_error& error) {
    return refuse(error.what());
  }
  const CredsspPeer::Phase before = peer->phase();
  const bool was_told = peer->was_told();
  std::string answer;
  const CredsspPeer::Outcome outcome = peer->step(*bytes, quirk, answer);
  counts_.security().told += peer->was_told() && !was_told ? 1 : 0;
  const bool with_key =
      before == CredsspPeer::Phase::proving && peer->phase() == CredsspPeer::Phase::delegating;
  if (hangs_up(before, with_key, quirk)) {
    exchange->hang_up();
    return Verdict::answered;
  }
  if (outcome == CredsspPeer::Outcome::established) return established(exchange, *peer);
  if (outcome == CredsspPeer::Outcome::refused && answer.empty()) return refuse(peer->reason());
  Response response = with_token(answer);
  if (outcome == CredsspPeer::Outcome::refused) {
    counts_.refused();
    counts_.security().last_refusal = peer->reason();
    exchange->peer().state.reset();
    response.close = quirk == GssQuirk::refusal_closes;
  }
  exchange->answer(response);
  return Verdict::answered;
}

CredsspGate::Verdict CredsspGate::established(const ExchangePtr& exchange, CredsspPeer& peer) {
  Counts::Security& security = counts_.security();
  ++security.contexts;
  ++security.credssp;
  ++(peer.acceptor().is_ntlm() ? security.ntlm : security.kerberos);
  security.delegated += peer.acceptor().is_delegated() ? 1 : 0;
  security.last_client = peer.acceptor().client();
  exchange->answer(Response());
  return Verdict::answered;
}

CredsspGate::Verdict CredsspGate::admit(const ExchangePtr& exchange, CredsspPeer& peer,
                                        GssQuirk quirk) {
  const Request& request = exchange->request();
  const bool sealed = request.field("Content-Type").value_or("").starts_with("multipart/");
  if (!sealed) {
    const bool takes_clear_text = request.entrance.secure || options_.allow_unencrypted;
    return takes_clear_text ? Verdict::accepted : refuse("Clear text is not allowed.");
  }
  const auto message = read_records(request);
  const auto text = message ? peer.open(*message) : std::nullopt;
  if (!text) {
    counts_.security().last_refusal = message ? peer.reason() : "The sealed message is malformed.";
    exchange->answer(html_page(400, "Bad Request"));
    exchange->peer().state.reset();
    return Verdict::answered;
  }
  ++counts_.security().sealed;
  exchange->replace_body(*text, message->original_type);
  exchange->before_answer([weak = std::weak_ptr(exchange), quirk](Response& response) {
    const auto self = weak.lock();
    CredsspPeer* const sealer = self ? peer_of(self) : nullptr;
    if (sealer != nullptr && !response.body.empty()) sealer->close(response, quirk);
  });
  return Verdict::accepted;
}

}  // namespace wsman::service
