//! Scopes, separated by blanks.

/// The scope of a token whose request named none.
pub const DEFAULT: &str = "process_read";

/// Whether `scopes` hold one of `wanted`.
pub fn hold_any(scopes: &str, wanted: &[&str]) -> bool {
    scopes
        .split_whitespace()
        .any(|scope| wanted.contains(&scope))
}

/// The granted scopes: those of `asked` that are in `configured`; none if there are none.
pub fn granted(asked: Option<&str>, configured: &str) -> Option<String> {
    let asked = asked
        .filter(|asked| !asked.trim().is_empty())
        .unwrap_or(DEFAULT);
    let configured: Vec<&str> = configured.split_whitespace().collect();
    let kept: Vec<&str> = asked
        .split_whitespace()
        .filter(|scope| configured.contains(scope))
        .collect();
    (!kept.is_empty()).then(|| kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::granted;

    #[test]
    fn a_client_is_granted_what_it_asked_as_far_as_it_is_configured() {
        let configured = "process_read process_execute";
        assert_eq!(
            granted(Some("process_execute user_read"), configured).as_deref(),
            Some("process_execute")
        );
        assert_eq!(granted(Some("user_read"), configured), None);
    }

    #[test]
    fn without_a_wish_only_reading_processes_is_granted() {
        assert_eq!(
            granted(None, "process process_read").as_deref(),
            Some("process_read")
        );
    }
}
