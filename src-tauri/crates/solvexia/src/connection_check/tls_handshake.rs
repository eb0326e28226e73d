//! One TLS handshake, verified as all others are, that also records the certificate of the server.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::seen_certificate;
use super::tls_failure::TlsFailure;
use crate::transport::install_tls;

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
            .map_err(|error| recorder.rejected().unwrap_or_else(|| error.into())),
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

/// Verifies with the system's verifier, and records what the certificate shows.
#[derive(Debug)]
struct CertificateRecorder {
    verifier: Verifier,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    issuer: Option<String>,
    /// Why the system rejected it.
    rejected: Option<TlsFailure>,
}

impl CertificateRecorder {
    fn issuer(&self) -> Option<String> {
        self.seen().issuer.clone()
    }

    fn rejected(&self) -> Option<TlsFailure> {
        self.seen().rejected
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
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
        let result = self.verifier.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        let reason = result.as_ref().err();
        *self.seen() = Seen {
            issuer: seen_certificate::issuer_of(end_entity),
            rejected: reason
                .map(|reason| seen_certificate::judge(end_entity, server_name, now, reason)),
        };
        result
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

impl From<io::Error> for TlsFailure {
    fn from(error: io::Error) -> Self {
        let cause = error
            .get_ref()
            .and_then(|cause| cause.downcast_ref::<Error>());
        match cause {
            None => Self::BrokenOff,
            // Only the signature is left to fail here: the certificate was judged before.
            Some(Error::InvalidCertificate(_)) => Self::Refused,
            Some(Error::InvalidMessage(_) | Error::InappropriateMessage { .. }) => Self::NotTls,
            Some(_) => Self::BrokenOff,
        }
    }
}
