// Advice on a failure: a key and its arguments.
//
// The words are the host's, because only the host knows whether its user types parameters, presses
// buttons or edits a file. wsman.h says what each key means and which arguments it has.
#ifndef WSMAN_BASE_ADVICE_H_
#define WSMAN_BASE_ADVICE_H_

#include <string>
#include <utility>
#include <vector>

// X(the key here, its name in documents). The names cross the ABI: none is removed or renamed.
#define WSMAN_ADVICE(X)                                               \
  /* Connections */                                                   \
  X(use_tls, UseTls)                                                  \
  X(use_tls_if_spoken, UseTlsIfSpoken)                                \
  X(connect_again, ConnectAgain)                                      \
  X(connect_with_other_credential, ConnectWithOtherCredential)        \
  X(check_session_name, CheckSessionName)                             \
  X(check_computer_name, CheckComputerName)                           \
  X(give_name_alone, GiveNameAlone)                                   \
  X(add_zone, AddZone)                                                \
  X(check_reachable, CheckReachable)                                  \
  X(check_port, CheckPort)                                            \
  X(check_service, CheckService)                                      \
  X(raise_file_limit, RaiseFileLimit)                                 \
  X(look_for_balancer, LookForBalancer)                               \
  X(check_address, CheckAddress)                                      \
  X(check_port_and_path, CheckPortAndPath)                            \
  X(check_tls_port, CheckTlsPort)                                     \
  X(match_ciphers, MatchCiphers)                                      \
  X(check_outcome, CheckOutcome)                                      \
  X(allow_more_time, AllowMoreTime)                                   \
  X(allow_more_time_by_setting, AllowMoreTimeBySetting)               \
  X(try_again, TryAgain)                                              \
  X(try_later, TryLater)                                              \
  X(connect_there, ConnectThere)                                      \
  X(write_connection_uri, WriteConnectionUri)                         \
  X(send_less, SendLess)                                              \
  X(raise_envelope_size, RaiseEnvelopeSize)                           \
  X(read_server_log, ReadServerLog)                                   \
  X(update_server, UpdateServer)                                      \
  X(ask_without_element, AskWithoutElement)                           \
  /* Client settings */                                               \
  X(turn_on_setting, TurnOnSetting)                                   \
  X(allow_by_setting, AllowBySetting)                                 \
  X(correct_settings_file, CorrectSettingsFile)                       \
  X(protect_file, ProtectFile)                                        \
  X(own_file, OwnFile)                                                \
  X(let_owner_read, LetOwnerRead)                                     \
  /* Who connects */                                                  \
  X(add_credential, AddCredential)                                    \
  X(add_credential_if_silent, AddCredentialIfSilent)                  \
  X(add_password, AddPassword)                                        \
  X(add_user_name, AddUserName)                                       \
  X(add_credential_for_cred_ssp, AddCredentialForCredSsp)             \
  X(add_credential_or_name, AddCredentialOrName)                      \
  X(add_credential_for_ticket, AddCredentialForTicket)                \
  X(leave_out_credential, LeaveOutCredential)                         \
  X(leave_out_credential_or_negotiate, LeaveOutCredentialOrNegotiate) \
  X(leave_out_character, LeaveOutCharacter)                           \
  X(check_credential, CheckCredential)                                \
  X(check_local_account, CheckLocalAccount)                           \
  X(use_negotiate_beyond_ascii, UseNegotiateBeyondAscii)              \
  X(check_one_connection, CheckOneConnection)                         \
  X(check_user_and_realm, CheckUserAndRealm)                          \
  X(choose_other_password, ChooseOtherPassword)                       \
  X(change_password, ChangePassword)                                  \
  X(change_kerberos_password, ChangeKerberosPassword)                 \
  X(ask_administrator, AskAdministrator)                              \
  X(use_authentication, UseAuthentication)                            \
  X(match_authentication, MatchAuthentication)                        \
  X(match_or_turn_on, MatchOrTurnOn)                                  \
  X(use_other_authentication, UseOtherAuthentication)                 \
  X(use_other_than_digest, UseOtherThanDigest)                        \
  X(use_computer_name, UseComputerName)                               \
  X(leave_out_spn_port, LeaveOutSpnPort)                              \
  X(encrypt_messages, EncryptMessages)                                \
  X(leave_out_no_encryption, LeaveOutNoEncryption)                    \
  X(trust_host, TrustHost)                                            \
  X(verify_server, VerifyServer)                                      \
  X(compare_clocks, CompareClocks)                                    \
  X(set_clocks, SetClocks)                                            \
  X(raise_head_limits, RaiseHeadLimits)                               \
  X(look_for_tls_proxy, LookForTlsProxy)                              \
  X(look_for_other_certificate, LookForOtherCertificate)              \
  X(use_tls_if_bound, UseTlsIfBound)                                  \
  X(look_for_interceptor, LookForInterceptor)                         \
  /* Kerberos and NTLM */                                             \
  X(get_ticket, GetTicket)                                            \
  X(renew_ticket, RenewTicket)                                        \
  X(configure_realm, ConfigureRealm)                                  \
  X(check_kdc, CheckKdc)                                              \
  X(check_kdc_later, CheckKdcLater)                                   \
  X(register_service_name, RegisterServiceName)                       \
  X(correct_service_name, CorrectServiceName)                         \
  X(install_kerberos, InstallKerberos)                                \
  /* CredSSP */                                                       \
  X(allow_cred_ssp, AllowCredSsp)                                     \
  X(update_or_lower_setting, UpdateOrLowerSetting)                    \
  /* Certificates */                                                  \
  X(configure_open_ssl, ConfigureOpenSsl)                             \
  X(allow_legacy_tls, AllowLegacyTls)                                 \
  X(install_open_ssl, InstallOpenSsl)                                 \
  X(trust_authority, TrustAuthority)                                  \
  X(trust_issuer, TrustIssuer)                                        \
  X(send_issuer, SendIssuer)                                          \
  X(connect_by_certified_name, ConnectByCertifiedName)                \
  X(issue_for_address, IssueForAddress)                               \
  X(add_certificate, AddCertificate)                                  \
  X(add_certificate_or_port, AddCertificateOrPort)                    \
  X(add_certificate_if_wanted, AddCertificateIfWanted)                \
  X(check_certificate_file, CheckCertificateFile)                     \
  X(check_client_authority, CheckClientAuthority)                     \
  X(convert_certificate_file, ConvertCertificateFile)                 \
  X(fill_certificate_file, FillCertificateFile)                       \
  X(store_key_unencrypted, StoreKeyUnencrypted)                       \
  X(import_with_key, ImportWithKey)                                   \
  X(use_its_key, UseItsKey)                                           \
  X(renew_certificate, RenewCertificate)                              \
  X(renew_server_certificate, RenewServerCertificate)                 \
  X(check_clock, CheckClock)                                          \
  X(issue_for_clients, IssueForClients)                               \
  X(issue_for_servers, IssueForServers)                               \
  X(map_certificate, MapCertificate)                                  \
  /* Proxies */                                                       \
  X(leave_out_proxy, LeaveOutProxy)                                   \
  X(add_proxy_credential, AddProxyCredential)                         \
  X(move_proxy_credential, MoveProxyCredential)                       \
  X(check_proxy_credential, CheckProxyCredential)                     \
  X(check_proxy_rules, CheckProxyRules)                               \
  X(check_proxy, CheckProxy)                                          \
  X(check_proxy_kind, CheckProxyKind)                                 \
  X(write_proxy_address, WriteProxyAddress)                           \
  /* Requests */                                                      \
  X(check_resource, CheckResource)                                    \
  X(check_resource_uri, CheckResourceUri)                             \
  X(check_resource_or_update, CheckResourceOrUpdate)                  \
  X(check_rights, CheckRights)                                        \
  X(check_action, CheckAction)                                        \
  X(check_action_supported, CheckActionSupported)                     \
  X(check_selectors, CheckSelectors)                                  \
  X(check_selector_names, CheckSelectorNames)                         \
  X(check_selector_values, CheckSelectorValues)                       \
  X(give_all_selectors, GiveAllSelectors)                             \
  X(choose_other_selectors, ChooseOtherSelectors)                     \
  X(check_fragment, CheckFragment)                                    \
  X(leave_out_fragment, LeaveOutFragment)                             \
  X(check_spelling, CheckSpelling)                                    \
  X(give_all_values, GiveAllValues)                                   \
  X(set_inner_elements, SetInnerElements)                             \
  X(give_secret_as_element, GiveSecretAsElement)                      \
  X(quote_value, QuoteValue)                                          \
  X(ask_for_less, AskForLess)                                         \
  X(ask_for_less_or_raise_limit, AskForLessOrRaiseLimit)              \
  X(try_longer, TryLonger)                                            \
  X(close_what_is_open, CloseWhatIsOpen)                              \
  X(close_shells, CloseShells)                                        \
  X(close_enumerations, CloseEnumerations)                            \
  /* Enumerations */                                                  \
  X(wait_for_last_page, WaitForLastPage)                              \
  X(enumerate_again, EnumerateAgain)                                  \
  X(enumerate_sooner, EnumerateSooner)                                \
  X(enumerate_otherwise, EnumerateOtherwise)                          \
  X(add_filter, AddFilter)                                            \
  X(use_known_dialect, UseKnownDialect)                               \
  X(use_other_dialect, UseOtherDialect)                               \
  X(check_query, CheckQuery)                                          \
  X(leave_out_polymorphism, LeaveOutPolymorphism)                     \
  X(write_association, WriteAssociation)

namespace wsman {

enum class AdviceKey {
#define WSMAN_ADVICE_KEY(key, name) key,
  WSMAN_ADVICE(WSMAN_ADVICE_KEY)
#undef WSMAN_ADVICE_KEY
};

// The name of a key as it stands in documents, such as "UseTls".
const char* name_of(AdviceKey key);

struct Advice {
  Advice(AdviceKey which, std::vector<std::string> about = {})  // NOLINT
      : key(which), arguments(std::move(about)) {}

  AdviceKey key;
  std::vector<std::string> arguments;  // As wsman.h lists them. Never a secret.
};

using AdviceList = std::vector<Advice>;

}  // namespace wsman

#endif  // WSMAN_BASE_ADVICE_H_
