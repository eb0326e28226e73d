//! What the organisation's IT set, as it is found when the app starts.

use runwatch_core::policy::{Policy, RawPolicy, read};
use runwatch_platform::policy_sources;

/// The policy of this computer.
pub fn find() -> Policy {
    usable(policy_sources())
}

/// Without a certificate file that cannot be used: nobody would be signed in with it, while without it
/// the rest may work.
fn usable(sources: Vec<RawPolicy>) -> Policy {
    let mut policy = read(sources);
    let file = policy.certificate_file.as_ref().map(|given| &given.value);
    if let Some(Err(error)) = file.map(|path| solvexia::check_ca_file(path)) {
        let words = format!("The policy's certificate file is not used. {error}");
        policy.problems.push(words);
        policy.certificate_file = None;
    }
    policy
}

#[cfg(test)]
mod tests {
    use runwatch_core::policy::{Origin, RawValue};

    use super::*;

    #[test]
    fn a_certificate_file_that_cannot_be_used_is_left_out_and_said() {
        let missing = tempfile::tempdir().unwrap().path().join("gone.pem");
        let file = RawValue::Text(missing.display().to_string());
        let policy = usable(vec![RawPolicy {
            origin: Origin::MachinePolicy,
            place: "HERE".to_owned(),
            values: Ok(vec![
                ("CertificateFile".to_owned(), file),
                ("NoPastedTokens".to_owned(), RawValue::Number(1)),
            ]),
        }]);
        assert_eq!(policy.certificate_file, None);
        assert!(policy.forbids_pasted_tokens());
        let [problem] = policy.problems.as_slice() else {
            panic!("{:?}", policy.problems)
        };
        assert!(problem.contains("was not found"), "{problem}");
    }
}
