//! One TLS handshake, verified as all others are, that also records the certificate of the server.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::transport::install_tls;

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

/// The result, and the issuer of the server's certificate, if it sent one.
pub struct Handshake<S> {
    pub result: Result<TlsStream<S>, TlsFailure>,
    pub issuer: Option<String>,
}

/// Does the TLS handshake with `host`.
pub async fn secure<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    host: &str,
    extra_roots: Vec<CertificateDer<'static>>,
) -> Handshake<S> {
    let Some((config, recorder)) = config(extra_roots) else {
        return Handshake {
            result: Err(TlsFailure::NoRoots),
            issuer: None,
        };
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let result = match ServerName::try_from(host.to_owned()) {
        Ok(name) => TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await
            .map_err(TlsFailure::from),
        Err(_) => Err(TlsFailure::OtherHost),
    };
    Handshake {
        result,
        issuer: recorder.issuer(),
    }
}

fn config(
    extra_roots: Vec<CertificateDer<'static>>,
) -> Option<(ClientConfig, Arc<CertificateRecorder>)> {
    install_tls();
    let provider = Arc::clone(CryptoProvider::get_default()?);
    let verifier = if extra_roots.is_empty() {
        Verifier::new(Arc::clone(&provider))
    } else {
        Verifier::new_with_extra_roots(extra_roots, Arc::clone(&provider))
    };
    let recorder = Arc::new(CertificateRecorder {
        verifier: verifier.ok()?,
        seen: Mutex::default(),
    });
    let verifier = Arc::clone(&recorder) as Arc<dyn ServerCertVerifier>;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .ok()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Some((config, recorder))
}

/// Verifies with the system's verifier, and records the certificate: rustls says why one is
/// rejected, but not which one it was.
#[derive(Debug)]
struct CertificateRecorder {
    verifier: Verifier,
    seen: Mutex<Option<CertificateDer<'static>>>,
}

impl CertificateRecorder {
    fn issuer(&self) -> Option<String> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        issuer_of(seen.as_ref()?)
    }
}

impl ServerCertVerifier for CertificateRecorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let seen = Some(end_entity.clone().into_owned());
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = seen;
        self.verifier
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.verifier.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}

/// The issuer's common name, or its organisation, cut to a length that can be shown.
fn issuer_of(certificate: &CertificateDer<'_>) -> Option<String> {
    let (_, certificate) = x509_parser::parse_x509_certificate(certificate).ok()?;
    let issuer = certificate.issuer();
    let names = issuer.iter_common_name().chain(issuer.iter_organization());
    let name: String = names
        .filter_map(|name| name.as_str().ok())
        .find(|name| !name.trim().is_empty())?
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    Some(runwatch_core::ids::shorten(name.trim(), 60))
}

impl From<io::Error> for TlsFailure {
    fn from(error: io::Error) -> Self {
        let cause = error
            .get_ref()
            .and_then(|cause| cause.downcast_ref::<Error>());
        match cause {
            None => Self::BrokenOff,
            Some(Error::InvalidCertificate(why)) => Self::because(why),
            Some(Error::InvalidMessage(_) | Error::InappropriateMessage { .. }) => Self::NotTls,
            Some(_) => Self::BrokenOff,
        }
    }
}

impl TlsFailure {
    fn because(why: &CertificateError) -> Self {
        match why {
            // `BadSignature` means that a trusted certificate has the issuer's name but another
            // key, such as an earlier one of the firm.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => Self::Untrusted,
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Self::NotYet
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Self::OtherHost
            }
            _ => Self::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};

    fn issuer(names: &[(DnType, &str)]) -> Option<String> {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        for (kind, name) in names {
            params.distinguished_name.push(kind.clone(), *name);
        }
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        issuer_of(certificate.der())
    }

    #[test]
    fn an_issuer_is_called_by_its_name_or_by_its_organisation() {
        let (name, organisation) = (DnType::CommonName, DnType::OrganizationName);
        let both = [(organisation.clone(), "Firm"), (name.clone(), "Firm CA 2")];
        assert_eq!(issuer(&both).as_deref(), Some("Firm CA 2"));
        assert_eq!(issuer(&both[..1]).as_deref(), Some("Firm"));
        assert_eq!(issuer(&[]), None);
        let long = [(name, "Firm\n\u{1b}[31m Ä".repeat(20).leak() as &str)];
        let shown = issuer(&long).unwrap();
        assert!(shown.starts_with("Firm[31m ÄFirm") && shown.chars().count() == 61);
    }

    #[test]
    fn what_is_no_certificate_names_no_issuer() {
        assert_eq!(
            issuer_of(&CertificateDer::from(vec![0x30, 3, 2, 1, 1])),
            None
        );
    }
}
