//! URL paths: a template, and the ids that are filled in.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use runwatch_core::environment::Environment;

/// Characters that are not escaped. Ids have no others, and are escaped all the same.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The path of a request.
#[derive(Debug)]
pub(crate) struct UrlPath {
    template: &'static str,
    filled: String,
}

impl UrlPath {
    /// `template` below the origin, each `{}` in it filled with the next of `ids`.
    pub fn new(template: &'static str, ids: &[&str]) -> Self {
        let filled = ids.iter().fold(template.to_owned(), |path, id| {
            path.replacen("{}", &utf8_percent_encode(id, ENCODED).to_string(), 1)
        });
        Self { template, filled }
    }

    /// The same path with a query parameter.
    pub fn with_query(mut self, name: &'static str, value: &str) -> Self {
        let value = utf8_percent_encode(value, ENCODED);
        let sign = if self.filled.contains('?') { '&' } else { '?' };
        self.filled = format!("{}{sign}{name}={value}", self.filled);
        self
    }

    /// What may be logged: no ids, no query.
    pub fn template(&self) -> &'static str {
        self.template
    }

    /// The whole URL.
    pub fn url(&self, environment: &Environment) -> String {
        format!("{}{}", environment.origin(), self.filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &UrlPath) -> String {
        path.url(&Environment::parse("app").unwrap())
    }

    #[test]
    fn ids_cannot_leave_their_place_in_the_path() {
        let path = UrlPath::new(
            "/api/v1/processruns/{}/steps/{}",
            &["pr-{}/../x?y#z", "ds-1 é"],
        );
        assert_eq!(
            url(&path),
            "https://app.solvexia.com/api/v1/processruns/pr-%7B%7D%2F..%2Fx%3Fy%23z/steps/ds-1%20%C3%A9"
        );
        assert_eq!(path.template(), "/api/v1/processruns/{}/steps/{}");
    }

    #[test]
    fn a_query_is_encoded_and_kept_out_of_the_log() {
        let path = UrlPath::new("/api/v1/processes", &[])
            .with_query("name", "R&D = 100%")
            .with_query("page", "1");
        assert_eq!(
            url(&path),
            "https://app.solvexia.com/api/v1/processes?name=R%26D%20%3D%20100%25&page=1"
        );
        assert_eq!(path.template(), "/api/v1/processes");
    }
}
