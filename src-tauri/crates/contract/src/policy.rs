//! What the organisation's IT set, as far as the page shows it. It is the same until the app ends.

use serde::Serialize;
use ts_rs::TS;

use runwatch_core::policy::Policy;

/// What IT set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PolicyView {
    /// What the sign-in form's environment begins with; empty where nothing is set.
    pub environment: String,
    /// Pasted tokens are refused.
    pub no_pasted_tokens: bool,
    /// The proxy cannot be changed; its user and password can.
    pub proxy_fixed: bool,
    /// The certificate file cannot be changed.
    pub certificate_file_fixed: bool,
    /// Whether notifications hide details cannot be changed.
    pub hide_details_fixed: bool,
}

impl From<&Policy> for PolicyView {
    fn from(policy: &Policy) -> Self {
        let environment = policy.environment.as_ref();
        Self {
            environment: environment
                .map_or_else(String::new, |given| given.value.origin().to_owned()),
            no_pasted_tokens: policy.forbids_pasted_tokens(),
            proxy_fixed: policy.fixes_proxy(),
            certificate_file_fixed: policy.fixes_certificate_file(),
            hide_details_fixed: policy.fixes_hide_details(),
        }
    }
}
