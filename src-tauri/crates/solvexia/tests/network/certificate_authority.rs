//! A firm's certificate authority, and TLS servers with its certificates.

use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tempfile::TempDir;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

const DAY: i64 = 24 * 60 * 60;

pub const NAME: &str = "Firm Inspection CA";

/// A certificate authority, and its certificate as a file.
pub struct CertificateAuthority {
    issuer: Issuer<'static, KeyPair>,
    folder: TempDir,
}

impl CertificateAuthority {
    pub fn new() -> Self {
        solvexia::install_tls();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, NAME);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), pem).unwrap();
        Self {
            issuer: Issuer::new(params, key),
            folder,
        }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A TLS server with a certificate for `host`, in front of a plain one.
    pub async fn serve_tls(&self, host: &str, inner: SocketAddr) -> SocketAddr {
        self.serve_tls_for_days(host, -1..300, inner).await
    }

    /// The same with a certificate that is valid on these days only, counted from today.
    pub async fn serve_tls_for_days(
        &self,
        host: &str,
        days: Range<i64>,
        inner: SocketAddr,
    ) -> SocketAddr {
        let today = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs() as i64 / DAY;
        let midnight = |day| {
            let since = Duration::from_secs(((today + day) * DAY) as u64);
            date_time_ymd(1970, 1, 1) + since
        };
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.not_before = midnight(days.start);
        params.not_after = midnight(days.end);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        serve(certificate.der().clone(), &key, inner).await
    }
}

async fn serve(
    certificate: CertificateDer<'static>,
    key: &KeyPair,
    inner: SocketAddr,
) -> SocketAddr {
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // A client that does not trust the certificate disconnects here.
                let mut stream = acceptor.accept(stream).await?;
                let mut inner = TcpStream::connect(inner).await?;
                copy_bidirectional(&mut stream, &mut inner).await
            });
        }
    });
    address
}
