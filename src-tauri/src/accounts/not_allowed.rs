//! A remembered account that the organisation's rules do not allow: nothing is asked for it, and its list,
//! its history and its secret stay for the day on which it is allowed again.

use runwatch_core::account::{Account, SignInMethod};
use runwatch_engine::accounts::session::SignInState;

use crate::accounts::token_expiry::forget_token;
use crate::app_state::AppState;

/// Leaves it out. A pasted token would have expired by then: it is deleted.
pub async fn leave_out(app_state: &AppState, account: Account) {
    let session = app_state.engine.accounts.get(&account.id);
    // The keychain is tried again and again; this is settled.
    if session.is_some_and(|session| session.sign_in == SignInState::NotAllowed) {
        return;
    }
    tracing::warn!(method = ?account.method, "the organisation's rules do not allow an account");
    if account.method == SignInMethod::Token {
        forget_token(app_state, &account.id).await;
    }
    app_state.engine.set_not_allowed(account);
}

#[cfg(test)]
mod tests {
    use runwatch_contract::{AccountState, ConnectRequest, ErrorCode};
    use runwatch_core::policy::{Origin, Policy, RawPolicy, RawValue, read};
    use runwatch_core::ports::Vault;
    use runwatch_core::secret::{SecretKind, SecretName};

    use super::*;
    use crate::accounts::connect::connect;
    use crate::accounts::restore;
    use crate::api::views;
    use crate::test_support::{Computer, account};

    fn policy(name: &str, value: RawValue) -> Policy {
        read(vec![RawPolicy {
            origin: Origin::MachinePolicy,
            place: "HERE".to_owned(),
            values: Ok(vec![(name.to_owned(), value)]),
        }])
    }

    fn only_sandbox() -> Policy {
        policy("AllowedEnvironments", RawValue::Text("sandbox".to_owned()))
    }

    fn request(environment: &str, method: SignInMethod) -> ConnectRequest {
        ConnectRequest {
            account_id: None,
            environment: environment.to_owned(),
            method,
            client_id: Some("desk".to_owned()),
            client_secret: Some("secret".into()),
            callback_port: None,
            access_token: Some("token".into()),
            confirmed_origin: None,
        }
    }

    #[tokio::test]
    async fn a_new_sign_in_is_refused_by_the_backend_with_the_rule_and_leaves_nothing() {
        let computer = Computer::new();
        for (policy, method, says) in [
            (
                only_sandbox(),
                SignInMethod::Client,
                "They allow sandbox.solvexia.com.",
            ),
            (
                policy("NoPastedTokens", RawValue::Number(1)),
                SignInMethod::Token,
                "access tokens that are pasted",
            ),
        ] {
            let app_state = computer.start_under(policy).await;
            let refused = connect(&app_state, request("app", method)).await;
            let error = refused.unwrap_err();
            assert_eq!(error.code, ErrorCode::Policy);
            assert!(error.message.contains("Your organisation's rules"));
            assert!(error.message.contains(says), "{}", error.message);
            assert!(app_state.engine.accounts.all().is_empty());
            assert!(computer.keychain.names().await.is_empty());
        }
    }

    /// Written down with its secret, at an earlier start.
    async fn remember(computer: &Computer, account: Account, kind: SecretKind) {
        let app_state = computer.start().await;
        let id = account.id.clone();
        let secret = SecretName::of(&id, kind);
        app_state
            .vault
            .keep(&secret, "secret".into())
            .await
            .unwrap();
        app_state.engine.set_session(account, None);
        app_state.engine.accounts.save(&id).await.unwrap();
    }

    #[tokio::test]
    async fn an_account_of_before_asks_nothing_says_why_and_is_back_with_its_secret_once_allowed() {
        let computer = Computer::new();
        remember(&computer, account(), SecretKind::ClientSecret).await;
        let app_state = computer.start_under(only_sandbox()).await;
        restore::sign_all_in(&app_state).await;
        let session = app_state.engine.accounts.get(&account().id).unwrap();
        assert!(session.api.is_none());
        let shown = views::account::account(&app_state, &session);
        assert_eq!(shown.state, AccountState::NotAllowed);
        let why = shown.not_allowed.unwrap();
        assert!(
            why.contains("do not allow Runwatch to sign in to app.solvexia.com"),
            "{why}"
        );

        let app_state = computer.start().await;
        restore::sign_all_in(&app_state).await;
        let session = app_state.engine.accounts.get(&account().id).unwrap();
        assert_eq!(session.sign_in, SignInState::Ready);
    }

    #[tokio::test]
    async fn a_pasted_token_of_before_is_deleted_where_it_may_not_be_used() {
        let computer = Computer::new();
        let pasted = Account {
            method: SignInMethod::Token,
            token_expires: Some("2999-01-01T00:00:00Z".parse().unwrap()),
            ..account()
        };
        remember(&computer, pasted, SecretKind::AccessToken).await;
        let forbidden = policy("NoPastedTokens", RawValue::Number(1));
        let app_state = computer.start_under(forbidden).await;
        restore::sign_all_in(&app_state).await;
        let session = app_state.engine.accounts.get(&account().id).unwrap();
        assert_eq!(session.sign_in, SignInState::NotAllowed);
        assert!(computer.keychain.names().await.is_empty());
    }

    #[tokio::test]
    async fn a_rule_that_cannot_be_read_stops_no_account_that_there_is() {
        let computer = Computer::new();
        remember(&computer, account(), SecretKind::ClientSecret).await;
        let unreadable = policy("AllowedEnvironments", RawValue::Number(1));
        let app_state = computer.start_under(unreadable).await;
        restore::sign_all_in(&app_state).await;
        let session = app_state.engine.accounts.get(&account().id).unwrap();
        assert_eq!(session.sign_in, SignInState::Ready);
        let elsewhere = connect(&app_state, request("sandbox", SignInMethod::Client)).await;
        assert_eq!(elsewhere.unwrap_err().code, ErrorCode::Policy);
    }
}
