use super::{AuthorizationServer, AuthorizeRequest, Client, GrantError, TokenRequest};
use crate::model::work_time::shifted;
use jiff::Timestamp;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn oauth() -> AuthorizationServer {
    AuthorizationServer::new(
        vec![Client::new("id", "secret"), Client::new("other", "secret")],
        600.0,
    )
}

fn asking(grant_type: &str) -> TokenRequest {
    TokenRequest {
        grant_type: grant_type.to_owned(),
        client_id: "id".to_owned(),
        client_secret: "secret".to_owned(),
        ..TokenRequest::default()
    }
}

fn consent() -> AuthorizeRequest {
    AuthorizeRequest {
        client_id: "id".to_owned(),
        ..AuthorizeRequest::default()
    }
}

fn with_code(code: String) -> TokenRequest {
    TokenRequest {
        code: Some(code),
        ..asking("authorization_code")
    }
}

#[test]
fn an_access_token_lives_as_long_as_was_told_and_no_longer() {
    let mut oauth = oauth();
    let token = oauth.issue("process_read", 600.0, NOW);
    let access = oauth.access(&token).expect("the token");
    assert!(!access.has_expired(shifted(NOW, 599.9)));
    assert!(access.has_expired(shifted(NOW, 600.0)));
}

#[test]
fn the_told_life_is_a_float_a_bit_under_the_true_one() {
    let answer = oauth()
        .token(&asking("client_credentials"), NOW)
        .expect("a token");
    let told = answer["expires_in"].as_f64().expect("a number");
    assert!((told - 599.104_494_5).abs() < 1e-6);
}

#[test]
fn a_code_lives_five_seconds() {
    let mut oauth = oauth();
    let code = oauth.allow(consent(), NOW).expect("a code");
    let late = oauth.token(&with_code(code), shifted(NOW, 5.0));
    assert_eq!(late, Err(GrantError::InvalidGrant));
    let code = oauth.allow(consent(), NOW).expect("a code");
    assert!(oauth.token(&with_code(code), shifted(NOW, 4.9)).is_ok());
}

#[test]
fn a_code_works_once() {
    let mut oauth = oauth();
    let code = oauth.allow(consent(), NOW).expect("a code");
    assert!(oauth.token(&with_code(code.clone()), NOW).is_ok());
    assert_eq!(
        oauth.token(&with_code(code), NOW),
        Err(GrantError::InvalidGrant)
    );
}

#[test]
fn a_code_belongs_to_its_client() {
    let mut oauth = oauth();
    let code = oauth.allow(consent(), NOW).expect("a code");
    let stolen = TokenRequest {
        client_id: "other".to_owned(),
        ..with_code(code)
    };
    assert_eq!(oauth.token(&stolen, NOW), Err(GrantError::InvalidGrant));
}

#[test]
fn a_refresh_token_lives_about_six_months() {
    let mut oauth = oauth();
    let code = oauth.allow(consent(), NOW).expect("a code");
    let answer = oauth.token(&with_code(code), NOW).expect("a token");
    let token = answer["refresh_token"].as_str().map(str::to_owned);
    let refresh = TokenRequest {
        refresh_token: token,
        ..asking("refresh_token")
    };
    let after_a_year = shifted(NOW, 365.0 * 24.0 * 3600.0);
    assert_eq!(
        oauth.token(&refresh, after_a_year),
        Err(GrantError::InvalidGrant)
    );
    assert!(oauth.token(&refresh, NOW).is_ok());
}

#[test]
fn a_used_refresh_token_can_be_used_again_within_the_grace() {
    let mut oauth = oauth();
    oauth.set_grace(10.0);
    let refresh = TokenRequest {
        refresh_token: Some(oauth.issue_refresh("id", "process_read", NOW)),
        ..asking("refresh_token")
    };
    assert!(oauth.token(&refresh, NOW).is_ok());
    assert!(oauth.token(&refresh, shifted(NOW, 9.9)).is_ok());
    assert_eq!(
        oauth.token(&refresh, shifted(NOW, 10.0)),
        Err(GrantError::InvalidGrant),
        "the grace begins with the first use"
    );
}
