//! Why a connection to SolveXia is not secure.

/// Why a connection is not secure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFailure {
    /// The issuer of the certificate is not trusted on this computer.
    Untrusted,
    /// The certificate has expired.
    Expired,
    /// The certificate is not valid yet; often this computer's clock is wrong.
    NotYet,
    /// The certificate is for another host.
    OtherHost,
    /// The certificate is rejected for another reason.
    Refused,
    /// The server does not speak TLS.
    NotTls,
    /// The server closed the connection.
    BrokenOff,
    /// The trusted certificates of this computer cannot be read.
    NoRoots,
}
