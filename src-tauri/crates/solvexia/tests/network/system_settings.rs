//! The proxy and certificates of the system. The environment of a running process cannot be changed
//! safely, so these tests run in child processes.

use std::env;
use std::process::{Command, Output};

use runwatch_core::network::HopState::{Failed, Good, Skipped};
use runwatch_core::network::{HopKind, Network, Proxy, Route};
use runwatch_core::ports::SolveXia;
use solvexia::{Client, check_connection};

use crate::certificate_authority::CertificateAuthority;
use crate::fake_proxy::{FakeProxy, Rule};
use crate::test_server::{
    HOST, TestServer, app, ends_at, good_credentials, nobody, states, test_server,
};

/// Where this system reads its certificates from another file.
const READS_SSL_CERT_FILE: bool = cfg!(target_os = "linux");

const CA_FILE: &str = "RUNWATCH_TEST_CA_FILE";

fn of_the_system() -> Route {
    Route {
        network: Network {
            proxy: Proxy::System,
            extra_ca: env::var_os(CA_FILE).map(Into::into),
        },
        ..Route::default()
    }
}

async fn in_another_process(test: &str, variables: Vec<(&'static str, String)>) -> Output {
    let mut program = Command::new(env::current_exe().unwrap());
    program.args(["--exact", &format!("system_settings::{test}"), "--ignored"]);
    for name in [
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ] {
        program.env_remove(name);
    }
    program.envs(variables);
    tokio::task::spawn_blocking(move || program.output())
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn the_proxy_of_the_system_is_used_and_named() {
    let TestServer {
        authority, address, ..
    } = &test_server().await;
    let proxy = FakeProxy::new(Rule::For("Basic dTpodW50ZXIy"), *address).await;
    let variables = vec![
        ("HTTPS_PROXY", format!("http://u:hunter2@{}", proxy.address)),
        (CA_FILE, authority.file().display().to_string()),
    ];
    let ended = in_another_process("goes_through_the_systems_proxy", variables).await;
    assert!(ended.status.success(), "{ended:?}");
    assert!(!proxy.heads().is_empty());
}

#[tokio::test]
#[ignore = "run by the test above, with a proxy set"]
async fn goes_through_the_systems_proxy() {
    let hops = check_connection(&app(), &of_the_system(), good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Good],
        "{hops:#?}"
    );
    assert!(hops[1].words.contains("as set on this computer"));
    assert!(!format!("{hops:?}").contains("hunter2"));
    let client = Client::new(app(), good_credentials().unwrap(), &of_the_system());
    client.ok().unwrap().sign_in().await.unwrap();
}

#[tokio::test]
async fn a_proxy_of_another_kind_is_named_as_the_cause() {
    let variables = vec![("ALL_PROXY", format!("socks5://{}", nobody().await))];
    let ended = in_another_process("meets_a_socks_proxy", variables).await;
    assert!(ended.status.success(), "{ended:?}");
}

#[tokio::test]
#[ignore = "run by the test above, with a proxy set"]
async fn meets_a_socks_proxy() {
    let hops = check_connection(&app(), &of_the_system(), good_credentials()).await;
    ends_at(&hops, HopKind::Proxy, &["“socks5” is not supported"]);
    // Nothing bypasses it, and the account is not lost because of it.
    let client = Client::new(app(), good_credentials().unwrap(), &of_the_system());
    let error = client.ok().unwrap().sign_in().await.unwrap_err();
    assert!(
        error.message.contains("The proxy on the way"),
        "{}",
        error.message
    );
}

#[tokio::test]
async fn a_host_that_the_system_exempts_is_reached_without_its_proxy() {
    let proxy = FakeProxy::new(Rule::Open, nobody().await).await;
    let variables = vec![
        ("HTTPS_PROXY", proxy.address.to_string()),
        ("NO_PROXY", "solvexia.invalid".to_owned()),
    ];
    let ended = in_another_process("meets_no_proxy", variables).await;
    assert!(ended.status.success(), "{ended:?}");
    assert!(proxy.heads().is_empty());
}

#[tokio::test]
#[ignore = "run by the test above, with a proxy set"]
async fn meets_no_proxy() {
    let exempt = runwatch_core::environment::Environment::parse("https://app.solvexia.invalid");
    let hops = check_connection(&exempt.unwrap(), &of_the_system(), None).await;
    assert_eq!(hops[0].state, Failed);
}

/// The system trusts one authority, the file names the other, and both are trusted.
#[tokio::test]
async fn the_file_is_trusted_beside_the_systems_certificates() {
    if !READS_SSL_CERT_FILE {
        return;
    }
    let server = &test_server().await;
    let other = CertificateAuthority::new();
    let inner = server
        .sim
        .base_url()
        .replace("http://", "")
        .parse()
        .unwrap();
    let by_other = other.serve_tls(HOST, inner).await;
    for address in [server.address, by_other] {
        let proxy = FakeProxy::new(Rule::Open, address).await;
        let variables = vec![
            ("HTTPS_PROXY", proxy.address.to_string()),
            (
                "SSL_CERT_FILE",
                server.authority.file().display().to_string(),
            ),
            (CA_FILE, other.file().display().to_string()),
        ];
        let ended = in_another_process("trusts_the_site", variables).await;
        assert!(ended.status.success(), "{ended:?}");
    }
}

#[tokio::test]
#[ignore = "run by the test above, with certificates set"]
async fn trusts_the_site() {
    let hops = check_connection(&app(), &of_the_system(), good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Good],
        "{hops:#?}"
    );
}

#[tokio::test]
async fn a_file_that_is_missing_and_not_needed_is_mentioned() {
    if !READS_SSL_CERT_FILE {
        return;
    }
    let TestServer {
        authority, address, ..
    } = &test_server().await;
    let proxy = FakeProxy::new(Rule::Open, *address).await;
    let variables = vec![
        ("HTTPS_PROXY", proxy.address.to_string()),
        ("SSL_CERT_FILE", authority.file().display().to_string()),
        (
            CA_FILE,
            authority
                .file()
                .with_extension("gone")
                .display()
                .to_string(),
        ),
    ];
    let ended = in_another_process("does_without_the_file", variables).await;
    assert!(ended.status.success(), "{ended:?}");
}

#[tokio::test]
#[ignore = "run by the test above, with certificates set"]
async fn does_without_the_file() {
    let hops = check_connection(&app(), &of_the_system(), good_credentials()).await;
    assert_eq!(
        states(&hops),
        [Skipped, Good, Good, Good, Good],
        "{hops:#?}"
    );
    assert!(
        hops[2].words.contains("The certificate file was not found"),
        "{hops:#?}"
    );
}
