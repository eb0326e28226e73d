//! A server that never answers must not block the check.

use std::net::TcpListener;
use std::time::SystemTime;

use runwatch_core::network::{HopState, Network, Proxy};
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use super::*;

/// Accepts connections and sends nothing.
fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

async fn checked(origin: &str, route: &Route) -> Vec<Hop> {
    let check = Check {
        environment: &Environment::parse(origin).unwrap(),
        route,
        script: &ScriptAnswered::NotAsked,
        timeout: Duration::from_secs(1),
    };
    let credentials = Credentials::Client {
        id: "id".into(),
        secret: "secret".into(),
    };
    let hops = check.hops(Some(credentials));
    tokio::time::timeout(HOP_TIMEOUT, hops).await.unwrap()
}

fn ends_late_at(hops: &[Hop], kind: HopKind) {
    let failed: Vec<&Hop> = hops
        .iter()
        .filter(|hop| hop.state == HopState::Failed)
        .collect();
    assert_eq!(failed.len(), 1, "{hops:#?}");
    assert_eq!(failed[0].kind, kind);
    assert!(
        failed[0].words.contains("does not answer in time"),
        "{hops:#?}"
    );
}

#[tokio::test]
async fn a_proxy_that_says_nothing_ends_the_way() {
    let (_open, address) = silent();
    let route = Route {
        network: Network {
            proxy: Proxy::Manual {
                address,
                user: String::new(),
            },
            extra_ca: None,
        },
        ..Route::default()
    };
    let hops = checked("app", &route).await;
    ends_late_at(&hops, HopKind::Proxy);
}

#[tokio::test]
async fn a_server_that_says_nothing_ends_the_way() {
    let (_open, address) = silent();
    let hops = checked(&format!("https://{address}"), &Route::default()).await;
    ends_late_at(&hops, HopKind::Tls);
    let hops = checked(&format!("http://{address}"), &Route::default()).await;
    ends_late_at(&hops, HopKind::Http);
}

#[tokio::test]
async fn a_sign_in_that_is_not_answered_ends_the_way() {
    let server = MockServer::start().await;
    let late = ResponseTemplate::new(200).set_delay(HOP_TIMEOUT);
    for (path, answer) in [
        (
            "/api/v1/processes",
            ResponseTemplate::new(401).set_body_json(json!({})),
        ),
        ("/oauth/token", late),
    ] {
        let mock = Mock::given(matchers::path(path)).respond_with(answer);
        mock.mount(&server).await;
    }
    let hops = checked(&server.uri(), &Route::default()).await;
    ends_late_at(&hops, HopKind::SignIn);
}

#[tokio::test]
async fn a_clock_that_is_off_is_said_where_the_api_answers() {
    for (minutes, said) in [(0, None), (7, Some("about 7 minutes behind SolveXia’s"))] {
        let server = MockServer::start().await;
        let date = SystemTime::now() + Duration::from_secs(60 * minutes);
        let answer = ResponseTemplate::new(401)
            .insert_header("Date", httpdate::fmt_http_date(date).as_str())
            .set_body_json(json!({}));
        let mock = Mock::given(matchers::path("/api/v1/processes")).respond_with(answer);
        mock.mount(&server).await;
        let hops = checked(&server.uri(), &Route::default()).await;
        let http = hops.iter().find(|hop| hop.kind == HopKind::Http).unwrap();
        assert_eq!(http.state, HopState::Good);
        let expected = said.is_none_or(|said| http.words.contains(said));
        assert!(
            expected && http.words.contains("clock") == said.is_some(),
            "{http:?}"
        );
    }
}
