//! What large answers cost in memory, measured in a process of its own as the system counts it.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows tests by their attribute, and their helpers have none"
)]

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use runwatch_core::credentials::Credentials;
use runwatch_core::environment::Environment;
use runwatch_core::ids::{ProcessId, RunId};
use runwatch_core::ports::SolveXia;
use solvexia::Client;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const MB: u64 = 1024 * 1024;
/// More than any of these answers may take, one or six at a time, and more than may stay.
const MOST_TAKEN: u64 = 100;
const MOST_KEPT: u64 = 40;

/// So many bytes of a piece of JSON, repeated.
fn many(piece: &str, bytes: u64) -> String {
    let count = usize::try_from(bytes).unwrap() / (piece.len() + 1);
    vec![piece; count].join(",")
}

fn gzipped(body: &str) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(body.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

async fn answers(server: &MockServer, verb: &str, at: &str, code: u16, body: &str) {
    let answer = ResponseTemplate::new(code)
        .set_body_raw(gzipped(body), "application/json")
        .insert_header("content-encoding", "gzip");
    Mock::given(method(verb))
        .and(path(at))
        .respond_with(answer)
        .mount(server)
        .await;
}

fn client(server: &MockServer, credentials: Credentials) -> Client {
    let environment = Environment::parse(&server.uri()).unwrap();
    Client::new(environment, credentials, &Default::default())
        .ok()
        .unwrap()
}

/// A line of `/proc/self/status`, in MB.
fn megabytes(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|one| one.strip_prefix(line));
    let kilobytes: u64 = line
        .and_then(|told| told.split_whitespace().next())
        .unwrap()
        .parse()
        .unwrap();
    kilobytes / 1024
}

/// The memory that a call takes at its height, and what of it stays, in MB.
async fn cost<T>(call: impl Future<Output = T>) -> (u64, u64) {
    let before = megabytes("VmRSS:");
    // Forgets the height so far.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    call.await;
    let height = megabytes("VmHWM:").saturating_sub(before);
    (height, megabytes("VmRSS:").saturating_sub(before))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_of_15_mb_takes_100_mb_nor_do_six_at_once_and_what_they_take_is_given_back() {
    let server = MockServer::start().await;
    let small = format!("[{}]", many(r#"{"a":1}"#, 15 * MB));
    let steps = format!("[{}]", many(r#"{"id":"ds-1"}"#, 15 * MB));
    let nested = format!(
        r#"{{"status":"Running","more":{}{}}}"#,
        "[".repeat(7 << 20),
        "]".repeat(7 << 20)
    );
    let escaped = format!(r#"[{{"id":"p-1","name":"{}"}}]"#, "\\u00e4".repeat(5 << 19));
    let error = format!(r#"{{"message":"No.","more":{small}}}"#);
    let api = "/api/v1/processes";
    answers(&server, "GET", api, 200, &small).await;
    answers(
        &server,
        "GET",
        "/api/v1/processes/p-1/processruns",
        200,
        &escaped,
    )
    .await;
    answers(
        &server,
        "GET",
        "/api/v1/processruns/pr-1/steps",
        200,
        &steps,
    )
    .await;
    answers(
        &server,
        "GET",
        "/api/v1/processruns/pr-1/runstatus",
        200,
        &nested,
    )
    .await;
    answers(&server, "GET", "/api/v1/processruns/pr-1", 404, &error).await;
    answers(&server, "POST", "/oauth/token", 400, &error).await;
    let (api, run) = (
        client(&server, Credentials::Token { token: "t".into() }),
        RunId::parse("pr-1").unwrap(),
    );
    let process = ProcessId::parse("p-1").unwrap();
    let by_secret = Credentials::Client {
        id: "id".into(),
        secret: "secret".into(),
    };
    let signing_in = client(&server, by_secret);

    let ask = async |what: &str| match what {
        "processes" => api.processes("").await.map(drop),
        "runs" => api.process_runs(&process).await.map(drop),
        "steps" => api.run_steps(&run).await.map(drop),
        "status" => api.run_status(&run).await.map(drop),
        "error" => api.run(&run).await.map(drop),
        _ => signing_in.sign_in().await,
    };
    for (at_once, what) in [
        (1, "processes"),
        (6, "processes"),
        (6, "steps"),
        (2, "runs"),
        (6, "status"),
        (6, "error"),
        (6, "token"),
    ] {
        let all = futures::future::join_all((0..at_once).map(|_| ask(what)));
        let (height, kept) = cost(all).await;
        let took = format!("{at_once} × {what}: {height} MB, of which {kept} MB stay");
        assert!(height < MOST_TAKEN && kept < MOST_KEPT, "{took}");
        println!("{took}");
    }
}
