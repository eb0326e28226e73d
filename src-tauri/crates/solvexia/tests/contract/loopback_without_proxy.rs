//! Loopback addresses never use the system's proxy: it would see the access token.

use std::env;
use std::process::Command;

use runwatch_core::ports::SolveXia;
use wiremock::MockServer;

use crate::test_server::{by_token, client_of, run, test_server};

const ORIGIN: &str = "RUNWATCH_TEST_ORIGIN";

/// The environment of a running process cannot be changed safely: the client runs in another one.
#[tokio::test]
async fn a_request_to_this_computer_does_not_go_through_a_proxy() {
    let server = test_server().await;
    let proxy = MockServer::start().await;
    let mut program = Command::new(env::current_exe().unwrap());
    program
        .args([
            "--exact",
            "loopback_without_proxy::read_from_another_process",
            "--ignored",
        ])
        .env(ORIGIN, server.sim.base_url())
        .envs(["http_proxy", "HTTP_PROXY", "ALL_PROXY"].map(|name| (name, proxy.uri())))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy");
    let ended = tokio::task::spawn_blocking(move || program.output())
        .await
        .unwrap()
        .unwrap();
    assert!(ended.status.success(), "{ended:?}");
    assert!(proxy.received_requests().await.unwrap().is_empty());
    assert_eq!(server.requests("/runstatus").len(), 1);
}

#[tokio::test]
#[ignore = "run by the test above, with proxies set"]
async fn read_from_another_process() {
    let client = client_of(&env::var(ORIGIN).unwrap(), by_token("no-such-token"));
    assert!(client.run_status(&run()).await.is_err());
}
