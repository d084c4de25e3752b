#include "upyclient/tls_fault.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <memory>

#include "upyclient/error.h"
#include "upyclient/tls_files.h"

namespace upyclient {
namespace {

constexpr timeval kPatience{.tv_sec = 3, .tv_usec = 0};

/// A connected socket, which waits so long; -1: nobody is there.
int connect_to(const upyd::Address& address) {
  const addrinfo hints{.ai_flags = AI_NUMERICSERV, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
  addrinfo* found = nullptr;
  if (getaddrinfo(address.host().c_str(), std::to_string(address.port()).c_str(), &hints, &found) != 0) return -1;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> places(found, freeaddrinfo);
  for (const addrinfo* place = found; place; place = place->ai_next) {
    const int connection = socket(place->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
    if (connect(connection, place->ai_addr, place->ai_addrlen) == 0) return connection;
    close(connection);
  }
  return -1;
}

/// OpenSSL writes as if nobody minded SIGPIPE. As long as this lives, the calling thread gets none.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoPipeSignal() {
    constexpr timespec kNow{};
    sigtimedwait(&pipe_, nullptr, &kNow);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  sigset_t pipe_{}, before_{};
};

bool is_number(const std::string& host) {
  in6_addr ignored{};
  return inet_pton(AF_INET, host.c_str(), &ignored) == 1 || inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

/// What a certificate is for: "DNS:garage.lan, IP Address:10.0.0.2".
std::string names_in(const X509& certificate) {
  const int at = X509_get_ext_by_NID(&certificate, NID_subject_alt_name, -1);
  if (at < 0) return "no name";
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  X509V3_EXT_print(out.get(), X509_get_ext(&certificate, at), 0, 0);
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<size_t>(length)};
}

/// Of a certificate that is refused OpenSSL keeps nothing; so its names are left where the session's own data lead to.
int judge(int is_right, X509_STORE_CTX* judging) {
  auto* const session = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(judging, SSL_get_ex_data_X509_STORE_CTX_idx()));
  if (!is_right) *static_cast<std::string*>(SSL_get_app_data(session)) = names_in(*X509_STORE_CTX_get0_cert(judging));
  return is_right;
}

/// Whom the certificate has to be for.
void expect(SSL& session, const std::string& host) {
  if (is_number(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(&session), host.c_str());
  } else {
    SSL_set_tlsext_host_name(&session, host.c_str());
    SSL_set1_host(&session, host.c_str());
  }
}

/// What is wrong with upyd's certificate.
std::string fault_of_certificate(long fault, const std::string& names, const Host& host) {
  const std::string who = "the certificate of upyd at " + host.address.url();
  switch (fault) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return who + " has expired: its administrator has to renew it (or this machine's clock is wrong)";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return who + " does not hold yet: is this machine's clock right?";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return who + " is not for '" + host.address.host() + "', but for " + names +
             ": name it so, or have its administrator issue one for that name";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return who + " is not of the authority in " + (host.ca.empty() ? "the system's files" : "'" + host.ca + "'") +
             ": give its own by --ca, or this is another machine";
    default:
      return who + " can't be trusted: " + X509_verify_cert_error_string(fault);
  }
}

/// What upyd says of the client's certificate.
std::string fault_of_client(int reason, const Host& host) {
  const std::string where = "upyd at " + host.address.url();
  const std::string own = "the certificate '" + host.cert + "'";
  switch (reason) {
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
      return where + " wants to know who you are: give your certificate by --cert and --key";
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
      return where + " says that " + own + " has expired: get a new one";
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
      return where + " says that " + own + " is revoked";
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
      return where + " does not know the authority that issued " + own;
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
      if (host.cert.empty()) return where + " wants to know who you are: give your certificate by --cert and --key";
      [[fallthrough]];
    default: {
      const char* const words = ERR_reason_error_string(ERR_peek_error());
      return where + " does not take " + (host.cert.empty() ? "this client" : own) + ": " +
             (words ? words : "it hangs up");
    }
  }
}

bool is_alert(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  return ERR_GET_LIB(error) == ERR_LIB_SSL && reason > SSL_AD_REASON_OFFSET;
}

/// What answers begins as nobody does who speaks TLS, or is gone as soon as TLS begins.
bool is_no_tls(unsigned long error) {
  const int reason = ERR_GET_REASON(error);
  return reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_PACKET_LENGTH_TOO_LONG ||
         reason == SSL_R_BAD_PACKET_LENGTH || reason == SSL_R_UNEXPECTED_EOF_WHILE_READING ||
         (error == 0 && errno == ECONNRESET);
}

/// What becomes of a connection; empty: all is well with it.
std::string try_handshake(SSL& session, const Host& host) {
  std::string names;
  SSL_set_app_data(&session, &names);
  SSL_set_verify(&session, SSL_VERIFY_PEER, judge);
  expect(session, host.address.host());
  ERR_clear_error();
  errno = 0;
  if (SSL_connect(&session) == 1) {
    char byte = 0;  // by TLS 1.3 the answer to the client's certificate comes behind the handshake
    const int count = SSL_read(&session, &byte, 1);
    const unsigned long error = ERR_peek_error();
    return count <= 0 && is_alert(error) ? fault_of_client(ERR_GET_REASON(error), host) : "";
  }
  if (const long fault = SSL_get_verify_result(&session); fault != X509_V_OK) {
    return fault_of_certificate(fault, names, host);
  }
  const unsigned long error = ERR_peek_error();
  if (is_alert(error)) return fault_of_client(ERR_GET_REASON(error), host);
  if (!is_no_tls(error)) return "";
  return "what answers at " + host.address.url() + " does not speak TLS; without it, an upyd's address is tcp://" +
         host.address.url().substr(host.address.url().find("://") + 3);
}

/// Whoever speaks TLS answers a client that does with TLS, if only that it does not take it.
std::string try_whether_tls(SSL& session, const Host& host) {
  ERR_clear_error();
  const bool is_tls = SSL_connect(&session) == 1 || is_alert(ERR_peek_error());
  if (!is_tls) return "";
  return "upyd at " + host.address.url() + " speaks TLS: write tls://" +
         host.address.url().substr(host.address.url().find("://") + 3) + ", and give --ca, --cert and --key";
}

}  // namespace

std::string find_tls_fault(const Host& host) try {
  const bool is_tls = host.address.is_tls();
  const TlsClient client = is_tls ? make_tls_client(host) : TlsClient(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  const int connection = connect_to(host.address);
  if (connection < 0) return "";
  const NoPipeSignal no_signal;
  const std::unique_ptr<SSL, decltype(&SSL_free)> session(SSL_new(client.get()), SSL_free);
  SSL_set_fd(session.get(), connection);
  std::string fault = is_tls ? try_handshake(*session, host) : try_whether_tls(*session, host);
  close(connection);
  return fault;
} catch (const Error& error) {
  return error.what();
}

}  // namespace upyclient
