//! Accounts as the page shows them.

use jiff::Timestamp;
use runwatch_contract::{AccountState, AccountView, Keeping, Muted};
use runwatch_core::clock_offset;
use runwatch_core::date_zone;
use runwatch_core::server_dates::ServerDates;
use runwatch_core::words;
use runwatch_engine::accounts::session::{Session, SignInState};

use crate::app_state::AppState;
use crate::settings::mutes;

/// An account.
pub fn account(app_state: &AppState, session: &Session) -> AccountView {
    let id = &session.account.id;
    let reason = match &app_state.demo {
        Some(_) => Some("This is sample data: nothing is kept in the keychain.".to_owned()),
        None => app_state.session_only(id),
    };
    let engine = &app_state.engine;
    let now = engine.now();
    let muted = engine
        .settings
        .by_policy(|policy| mutes::account_muted(policy, id, now));
    let dates = engine.server_dates(id);
    let not_allowed = (session.sign_in == SignInState::NotAllowed)
        .then(|| app_state.refusal(&session.account.environment, session.account.method))
        .flatten()
        .map(|why| words::policy::refusal(&why));
    AccountView {
        not_allowed,
        ..view(session, reason, dates, muted, app_state.demo.is_some())
    }
}

/// An account; `keeping_reason` is why its secret is kept for this session only, `muted` whether nothing is shown of it.
fn view(
    session: &Session,
    keeping_reason: Option<String>,
    dates: ServerDates,
    muted: Option<Muted>,
    is_sample: bool,
) -> AccountView {
    let Session {
        account,
        sign_in,
        api,
        ..
    } = session;
    AccountView {
        id: account.id.0.clone(),
        label: account.label.clone(),
        colour: account.colour,
        origin: account.environment.origin().to_owned(),
        method: account.method,
        identity: account.identity().to_owned(),
        state: match sign_in {
            SignInState::Locked => AccountState::Locked,
            SignInState::NoKeychain => AccountState::NoKeychain,
            SignInState::NotAllowed => AccountState::NotAllowed,
            // A pasted token of an earlier start of the app: nobody signed out.
            _ if api.is_none() && account.token_expires.is_some() && !account.signed_out => {
                AccountState::Expired
            }
            _ if api.is_none() => AccountState::SignedOut,
            SignInState::Ready => AccountState::Ready,
            SignInState::Offline => AccountState::Offline,
            SignInState::SignedOut => AccountState::Expired,
        },
        not_allowed: None,
        keeping: keeping(session, keeping_reason.is_some()),
        keeping_reason,
        token_expires_at: account.token_expires.map(Timestamp::as_millisecond),
        scopes: api.as_ref().and_then(|api| api.scopes()),
        read_only: session.read_only(),
        clock_off: clock_offset::words(dates.ahead),
        date_zone: dates.zone().map(date_zone::words),
        callback_port: account.callback_port,
        muted,
        is_sample,
    }
}

/// Where its secret is; `is_here` says that it is in memory alone.
pub fn keeping(session: &Session, is_here: bool) -> Keeping {
    let account = &session.account;
    match session.sign_in {
        _ if account.secrets_left => Keeping::Left,
        _ if account.signed_out => Keeping::Deleted,
        _ if is_here => Keeping::SessionOnly,
        SignInState::SignedOut if session.api.is_none() => Keeping::Unread,
        _ => Keeping::Keychain,
    }
}

#[cfg(test)]
mod tests {
    use runwatch_core::account::{Account, SignInMethod};
    use runwatch_engine::accounts::session::Session;

    use super::*;
    use crate::test_support;

    #[test]
    fn a_pasted_token_that_ended_before_this_start_has_expired_and_is_no_sign_out() {
        let state = |signed_out| {
            let pasted = Account {
                method: SignInMethod::Token,
                token_expires: Some(Timestamp::UNIX_EPOCH),
                signed_out,
                ..test_support::account()
            };
            let session = Session::new(pasted, None);
            view(&session, None, ServerDates::default(), None, false).state
        };
        assert_eq!(state(false), AccountState::Expired);
        assert_eq!(state(true), AccountState::SignedOut);
    }
}
