//! What is wrong with a certificate that the system rejects, judged by the certificate itself: each
//! system's verifier gives other reasons for the same fault, or one for several.

use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error};

use super::tls_failure::TlsFailure;

/// Why a certificate was rejected: its dates, then its name; otherwise it is its issuer that is not
/// trusted.
pub fn judge(
    certificate: &CertificateDer<'_>,
    host: &ServerName<'_>,
    now: UnixTime,
    reason: &Error,
) -> TlsFailure {
    // A revocation cannot be seen in the certificate itself.
    if matches!(reason, Error::InvalidCertificate(CertificateError::Revoked)) {
        return TlsFailure::Refused;
    }
    let (Ok((_, dates)), Ok(named)) = (
        x509_parser::parse_x509_certificate(certificate),
        ParsedCertificate::try_from(certificate),
    ) else {
        return TlsFailure::Refused;
    };
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    if now > dates.validity().not_after.timestamp() {
        TlsFailure::Expired
    } else if now < dates.validity().not_before.timestamp() {
        TlsFailure::NotYet
    } else if verify_server_name(&named, host).is_err() {
        TlsFailure::OtherHost
    } else {
        TlsFailure::Untrusted
    }
}

/// The issuer's common name, or its organisation, cut to a length that can be shown.
pub fn issuer_of(certificate: &CertificateDer<'_>) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use std::ops::Range;
    use std::time::Duration;

    use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};

    use super::*;

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

    const HOST: &str = "app.solvexia.com";
    const APRIL: u64 = 1_775_000_000;
    const DAY: u64 = 24 * 60 * 60;

    /// What is said of a certificate for these days and this host, whatever reason the system gives.
    fn judged(days: Range<u64>, named: &str) -> TlsFailure {
        let at = |seconds| date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds);
        let mut params = CertificateParams::new([named.to_owned()]).unwrap();
        (params.not_before, params.not_after) = (at(days.start), at(days.end));
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        let judgements: Vec<TlsFailure> = [
            CertificateError::UnknownIssuer,
            CertificateError::Expired,
            CertificateError::NotValidForName,
            CertificateError::BadSignature,
        ]
        .map(|reason| of(certificate.der(), Error::InvalidCertificate(reason)))
        .into_iter()
        .chain([of(
            certificate.der(),
            Error::General("CERT_E_CHAINING".into()),
        )])
        .collect();
        assert!(judgements.iter().all(|other| *other == judgements[0]));
        judgements[0]
    }

    fn of(certificate: &CertificateDer<'_>, reason: Error) -> TlsFailure {
        let host = ServerName::try_from(HOST).unwrap();
        let now = UnixTime::since_unix_epoch(Duration::from_secs(APRIL));
        judge(certificate, &host, now, &reason)
    }

    #[test]
    fn a_rejected_certificate_is_judged_by_its_dates_then_its_name_then_its_issuer() {
        let (past, now) = (APRIL - 9 * DAY..APRIL - DAY, APRIL - DAY..APRIL + DAY);
        let future = APRIL + DAY..APRIL + 9 * DAY;
        for host in [HOST, "portal.firm.example"] {
            assert_eq!(judged(past.clone(), host), TlsFailure::Expired);
            assert_eq!(judged(future.clone(), host), TlsFailure::NotYet);
        }
        assert_eq!(
            judged(now.clone(), "portal.firm.example"),
            TlsFailure::OtherHost
        );
        assert_eq!(judged(now.clone(), HOST), TlsFailure::Untrusted);
        assert_eq!(judged(now, "*.solvexia.com"), TlsFailure::Untrusted);
    }

    #[test]
    fn what_the_certificate_cannot_show_is_not_made_up() {
        let whole = rcgen::generate_simple_self_signed([HOST.to_owned()]).unwrap();
        let revoked = Error::InvalidCertificate(CertificateError::Revoked);
        assert_eq!(of(whole.cert.der(), revoked), TlsFailure::Refused);
        let cut = CertificateDer::from(vec![0x30, 3, 2, 1, 1]);
        assert_eq!(of(&cut, Error::General(String::new())), TlsFailure::Refused);
    }
}
