//! An access token that the user pasted.

use runwatch_core::error::{CallError, Trouble};
use secrecy::{ExposeSecret, SecretString};

/// Removes blanks and a copied `Bearer`. Text that cannot be a token is rejected before it is sent.
pub fn read(text: &SecretString) -> Result<SecretString, CallError> {
    let text = text.expose_secret().trim();
    let token = match text.split_once(char::is_whitespace) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => text,
    };
    if is_token(token) {
        return Ok(SecretString::from(token));
    }
    let message = if token.is_empty() {
        "There is no access token. Paste it again."
    } else {
        "This is no access token: it holds blanks or signs that no token has. Copy it again, whole \
         and without quotation marks."
    };
    Err(CallError::unsent(Trouble::SignedOut, message))
}

/// The characters that a bearer token may have (RFC 6750).
pub fn is_token(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
    !text.is_empty() && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Result<String, CallError> {
        read(&SecretString::from(text)).map(|token| token.expose_secret().to_owned())
    }

    #[test]
    fn blanks_and_a_copied_scheme_do_not_matter() {
        for text in [
            "abc.DEF-1_~+/==",
            " abc.DEF-1_~+/==\r\n",
            "bearer  abc.DEF-1_~+/==",
        ] {
            assert_eq!(taken(text).unwrap(), "abc.DEF-1_~+/==");
        }
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_without_being_repeated() {
        for text in ["", "  ", "two words", "line\nbreak", "“quoted”", "a\u{0}b"] {
            let error = taken(text).unwrap_err();
            assert_eq!(error.trouble, Trouble::SignedOut, "{text}");
            assert!(!error.message.contains("words") && !error.message.contains("break"));
        }
    }
}
