//! What responses show of SolveXia's clock.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use runwatch_core::ports::SolveXia;
use serde_json::json;
use solvexia_sim::FaultKind;

use crate::test_server::{TestServer, run, test_server};

async fn ahead(server: &TestServer) -> Option<i64> {
    server.client.run_status(&run()).await.ok();
    let ahead = server.client.clock_ahead();
    ahead.map(|ahead| ahead.as_millis() as i64)
}

fn is_about(found: Option<i64>, seconds: i64) -> bool {
    found.is_some_and(|found| (found - seconds * 1000).abs() <= 1500)
}

#[tokio::test]
async fn answers_show_by_how_much_the_servers_clock_is_ahead_or_behind() {
    for seconds in [600, -420] {
        let server = test_server().await;
        assert_eq!(server.client.clock_ahead(), None);
        server.sim.set_clock(seconds as f64);
        let found = ahead(&server).await;
        assert!(is_about(found, seconds), "{found:?}");
    }
}

#[tokio::test]
async fn a_clock_that_is_set_is_noticed_at_the_next_answer() {
    let server = test_server().await;
    server.sim.set_clock(-600.0);
    assert!(is_about(ahead(&server).await, -600));
    server.sim.set_clock(0.0);
    let found = ahead(&server).await;
    assert!(is_about(found, 0), "{found:?}");
}

#[tokio::test]
async fn what_does_not_come_from_solvexia_or_out_of_a_cache_shows_nothing() {
    let server = test_server().await;
    assert!(is_about(ahead(&server).await, 0));
    let an_hour_ago = Timestamp::now() - SignedDuration::from_hours(1);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&an_hour_ago)
        .unwrap();
    let dated = |code, body, more: &[(&str, &str)]| FaultKind::Status {
        code,
        body: Some(body),
        headers: [("Date", date.as_str())]
            .iter()
            .chain(more)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect::<BTreeMap<_, _>>(),
        after_effect: false,
    };
    for fault in [
        dated(403, json!({ "message": "no" }), &[]),
        dated(200, json!("<html>"), &[("Content-Type", "text/html")]),
        dated(
            200,
            json!("<html>"),
            &[("Content-Type", "application/json")],
        ),
        dated(200, json!({ "id": "pr-1" }), &[("Age", "3600")]),
    ] {
        server.fault("/processruns", fault.clone());
        assert!(is_about(ahead(&server).await, 0), "{fault:?}");
        server.sim.clear_faults();
    }
    // Proves that the check above can fail.
    server.fault("/processruns", dated(200, json!({ "id": "pr-1" }), &[]));
    assert!(is_about(ahead(&server).await, -3600));
}

#[tokio::test]
async fn each_account_has_the_clock_of_its_own_server() {
    let (here, there) = (test_server().await, test_server().await);
    there.sim.set_clock(600.0);
    assert!(is_about(ahead(&here).await, 0) && is_about(ahead(&there).await, 600));
}
