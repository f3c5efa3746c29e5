#include "auth/kerberos_frame.h"

#include <gssapi/gssapi_krb5.h>

#include <algorithm>
#include <stdexcept>

namespace wsman::service {
namespace {

class Cipher {
 public:
  Cipher(const ContextKey& key, krb5_keyusage usage) : bytes_(key.bytes), usage_(usage) {
    if (krb5_init_context(&context_) != 0) throw std::runtime_error("krb5_init_context failed");
    block_ = {0, key.type, static_cast<unsigned>(bytes_.size()),
              reinterpret_cast<krb5_octet*>(bytes_.data())};
  }
  ~Cipher() { krb5_free_context(context_); }
  Cipher(const Cipher&) = delete;
  Cipher& operator=(const Cipher&) = delete;

  // The confounder, the text and the MAC.
  std::string encrypt(std::string plain) {
    std::size_t size = 0;
    krb5_error_code error = krb5_c_encrypt_length(context_, block_.enctype, plain.size(), &size);
    std::string output(size, '\0');
    const krb5_data input = data(plain);
    krb5_enc_data encrypted{0, block_.enctype, 0, data(output)};
    if (error == 0) error = krb5_c_encrypt(context_, &block_, usage_, nullptr, &input, &encrypted);
    if (error != 0) throw std::runtime_error("krb5_c_encrypt failed");
    return output;
  }

  std::optional<std::string> decrypt(std::string cipher) {
    std::string output(cipher.size(), '\0');
    const krb5_enc_data input{0, block_.enctype, 0, data(cipher)};
    krb5_data plain = data(output);
    if (krb5_c_decrypt(context_, &block_, usage_, nullptr, &input, &plain) != 0) return {};
    output.resize(plain.length);
    return output;
  }

 private:
  static krb5_data data(std::string& text) {
    return {0, static_cast<unsigned>(text.size()), text.data()};
  }

  krb5_context context_ = nullptr;
  std::string bytes_;
  krb5_keyblock block_{};
  const krb5_keyusage usage_;
};

std::string big_endian(std::uint64_t number, int bytes) {
  std::string text;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    text += static_cast<char>(number >> shift & 0xFFU);
  }
  return text;
}

}  // namespace

ContextKey export_key(gss_ctx_id_t& context) {
  void* exported = nullptr;
  OM_uint32 minor = 0;
  if (gss_krb5_export_lucid_sec_context(&minor, &context, 1, &exported) != GSS_S_COMPLETE) {
    throw std::runtime_error("gss_krb5_export_lucid_sec_context failed");
  }
  const auto& lucid = *static_cast<gss_krb5_lucid_context_v1_t*>(exported);
  ContextKey key;
  key.of_acceptor = lucid.cfx_kd.have_acceptor_subkey != 0;
  const gss_krb5_lucid_key_t& chosen =
      key.of_acceptor ? lucid.cfx_kd.acceptor_subkey : lucid.cfx_kd.ctx_key;
  key.type = static_cast<std::int32_t>(chosen.type);
  key.bytes.assign(static_cast<const char*>(chosen.data), chosen.length);
  key.next_number = lucid.initiate != 0 ? lucid.send_seq : lucid.recv_seq;
  gss_krb5_free_lucid_sec_context(&minor, exported);
  return key;
}

std::string token_header(unsigned flags, std::uint64_t number, std::size_t rotation) {
  const std::string no_padding(2, '\0');
  return "\x05\x04" + big_endian(flags, 1) + "\xFF" + no_padding + big_endian(rotation, 2) +
         big_endian(number, 8);
}

Sealed seal_by_hand(const ContextKey& key, krb5_keyusage usage, std::string_view text,
                    unsigned flags) {
  const std::string plain = std::string(text) + token_header(flags, key.next_number, 0);
  std::string rotated = Cipher(key, usage).encrypt(plain);
  std::rotate(rotated.begin(), rotated.end() - kRotation, rotated.end());
  const std::size_t cut = rotated.size() - text.size();
  return {token_header(flags, key.next_number, kRotation) + rotated.substr(0, cut),
          rotated.substr(cut)};
}

std::optional<Opened> open_by_hand(const ContextKey& key, krb5_keyusage usage,
                                   const std::string& token) {
  if (token.size() < kTokenHeader + kConfounder + kRotation) return {};
  std::string rotated = token.substr(kTokenHeader);
  std::rotate(rotated.begin(), rotated.begin() + kRotation, rotated.end());
  const auto plain = Cipher(key, usage).decrypt(rotated);
  if (!plain) return {};
  const std::size_t text = plain->size() - kTokenHeader;
  return Opened{token.substr(0, kTokenHeader), plain->substr(0, text), plain->substr(text)};
}

}  // namespace wsman::service
