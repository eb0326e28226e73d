//! The certificate file of the settings, trusted in addition to the system's certificates.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use runwatch_core::network::Route;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use thiserror::Error;

/// Larger than the whole certificate list of any system.
const LARGEST_FILE: u64 = 4 * 1024 * 1024;

/// Why a certificate file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CaFileError {
    /// The file does not exist.
    #[error("The certificate file was not found. Check its path in “Proxy and connection”.")]
    Missing,
    /// It cannot be read, or is not a file.
    #[error(
        "The certificate file cannot be read. Check in “Proxy and connection” that its path leads to \
         a file, and that you may open it."
    )]
    Unreadable,
    /// It holds no certificate.
    #[error(
        "The certificate file holds no certificate that Runwatch can read. Ask your IT department \
         for the certificate as a PEM file (“Base-64 encoded”): a text file with the line \
         “-----BEGIN CERTIFICATE-----”."
    )]
    NoCertificate,
    /// A certificate in it is damaged.
    #[error("The certificate file is damaged. Ask your IT department for it again.")]
    Damaged,
}

/// Checks that a file holds PEM certificates that can be trusted.
///
/// # Errors
/// [`CaFileError`], a sentence for the user.
pub fn check_ca_file(path: &Path) -> Result<(), CaFileError> {
    read(path).map(drop)
}

/// The certificates of the file in the settings; none where none is set.
pub fn extra(route: &Route) -> Result<Vec<CertificateDer<'static>>, CaFileError> {
    route
        .network
        .extra_ca
        .as_deref()
        .map_or(Ok(Vec::new()), read)
}

fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, CaFileError> {
    let text = contents(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => CaFileError::Missing,
        _ => CaFileError::Unreadable,
    })?;
    let certificates = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| CaFileError::Damaged)?;
    if certificates.is_empty() {
        return Err(CaFileError::NoCertificate);
    }
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        store
            .add(certificate.clone())
            .map_err(|_| CaFileError::Damaged)?;
    }
    Ok(certificates)
}

fn contents(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut text = Vec::new();
    File::open(path)?
        .take(LARGEST_FILE)
        .read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate() -> String {
        rcgen::generate_simple_self_signed(["firm.example".to_owned()])
            .unwrap()
            .cert
            .pem()
    }

    fn checked(text: &str) -> Result<usize, CaFileError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        fs::write(&path, text).unwrap();
        read(&path).map(|certificates| certificates.len())
    }

    #[test]
    fn a_file_may_hold_several_certificates_and_words_between() {
        let text = format!(
            "# Firm root\r\n{}\n# Old root\n{}",
            certificate(),
            certificate()
        );
        assert_eq!(checked(&text), Ok(2));
    }

    #[test]
    fn a_file_without_a_whole_certificate_is_refused_in_words() {
        let whole = certificate();
        let other_kind = whole.replace("CERTIFICATE", "PUBLIC KEY");
        let cut = &whole[..whole.len() / 2];
        let no_certificate = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        for (text, error) in [
            ("", CaFileError::NoCertificate),
            ("\u{30}\u{82}binary", CaFileError::NoCertificate),
            (&other_kind, CaFileError::NoCertificate),
            (cut, CaFileError::Damaged),
            (no_certificate, CaFileError::Damaged),
        ] {
            assert_eq!(checked(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_file_that_is_missing_or_none_is_told_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("none.pem");
        assert_eq!(check_ca_file(&missing), Err(CaFileError::Missing));
        assert_eq!(check_ca_file(folder.path()), Err(CaFileError::Unreadable));
    }
}
