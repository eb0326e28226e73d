//! Each fault of a read has its error, and the next read works again.

use std::time::Duration;

use runwatch_core::error::{CallError, Effect, Trouble};
use runwatch_core::ids::RunId;
use runwatch_core::ports::SolveXia;
use solvexia_sim::{Fault, FaultKind, Rewrite};
use strum::VariantArray;

use crate::calls::Read;
use crate::test_server::{TestServer, run, test_server};

fn status(code: u16) -> FaultKind {
    FaultKind::Status {
        code,
        body: None,
        headers: Default::default(),
        after_effect: false,
    }
}

fn page(code: u16) -> FaultKind {
    FaultKind::Html {
        code,
        after_effect: false,
    }
}

fn empty(code: u16) -> FaultKind {
    FaultKind::Empty {
        code,
        after_effect: false,
    }
}

async fn read_under(server: &TestServer, fault: FaultKind) -> CallError {
    server.fault("/processruns", fault);
    let error = server.client.run_status(&run()).await.unwrap_err();
    server.sim.clear_faults();
    assert!(server.client.run_status(&run()).await.is_ok());
    error
}

#[tokio::test]
async fn every_fault_of_a_read_is_told_as_what_it_is_and_passes() {
    let server = test_server().await;
    for (fault, trouble) in [
        (status(302), Trouble::BadAnswer),
        (status(400), Trouble::Refused),
        (status(403), Trouble::Forbidden),
        (status(404), Trouble::NotFound),
        (status(405), Trouble::NotAllowed),
        (status(408), Trouble::Busy),
        (empty(403), Trouble::Forbidden),
        (empty(404), Trouble::NotFound),
        (empty(429), Trouble::Busy),
        (page(200), Trouble::BadAnswer),
        (page(403), Trouble::BadAnswer),
        (page(404), Trouble::BadAnswer),
        (empty(200), Trouble::BadAnswer),
        (FaultKind::Truncated, Trouble::BadAnswer),
        (FaultKind::Huge { bytes: 17 << 20 }, Trouble::BadAnswer),
        (FaultKind::Huge { bytes: 10 << 20 }, Trouble::BadAnswer),
    ] {
        let error = read_under(&server, fault.clone()).await;
        assert_eq!(error.trouble, trouble, "{fault:?}");
        assert_eq!(error.effect, Effect::None, "{fault:?}");
        assert!(!error.message.contains('<'), "{}", error.message);
    }
}

#[tokio::test]
async fn solvexias_message_and_support_id_reach_the_user() {
    let server = test_server().await;
    let gone = RunId::parse("pr-404").unwrap();
    let error = server.client.run_status(&gone).await.unwrap_err();
    assert_eq!(error.trouble, Trouble::NotFound);
    assert_eq!(error.message, "The process run does not exist.");
    assert!(error.support_id.is_some());
}

#[tokio::test]
async fn a_read_is_tried_three_times_where_that_may_help() {
    let server = test_server().await;
    for (fault, trouble) in [
        (status(500), Trouble::Server),
        (status(503), Trouble::Server),
        (FaultKind::DropBefore, Trouble::Offline),
    ] {
        server.client.sign_in().await.unwrap();
        server.sim.clear_requests();
        server.fault("/runstatus", fault.clone());
        let error = server.client.run_status(&run()).await.unwrap_err();
        assert_eq!(error.trouble, trouble, "{fault:?}");
        // On a kept connection that dies, the HTTP library may resend once by itself.
        let tries = server.requests("/runstatus").len();
        assert!((3..=4).contains(&tries), "{fault:?}: {tries}");
        server.sim.clear_faults();
    }
}

#[tokio::test]
async fn a_fault_that_passes_soon_is_not_noticed() {
    let server = test_server().await;
    for fault in [
        status(502),
        FaultKind::DropBefore,
        FaultKind::RetryAfter {
            code: 429,
            seconds: 0,
        },
        FaultKind::RetryAfter {
            code: 503,
            seconds: 1,
        },
    ] {
        server
            .sim
            .add_fault(Fault::on("/runstatus", fault.clone()).times(1));
        assert!(server.client.run_status(&run()).await.is_ok(), "{fault:?}");
    }
}

#[tokio::test]
async fn a_longer_wait_is_left_to_the_caller() {
    let server = test_server().await;
    for code in [429, 503] {
        server.client.sign_in().await.unwrap();
        server.sim.clear_requests();
        server.fault("/runstatus", FaultKind::RetryAfter { code, seconds: 40 });
        let error = server.client.run_status(&run()).await.unwrap_err();
        assert_eq!(error.retry_after, Some(Duration::from_secs(40)));
        assert_eq!(server.requests("/runstatus").len(), 1);
        server.sim.clear_faults();
    }
}

#[tokio::test]
async fn an_answer_about_something_else_is_no_answer() {
    let server = test_server().await;
    let other = |id: &str| FaultKind::Rewrite(Rewrite::OtherId { id: id.to_owned() });
    for (reading, id) in [
        (Read::Run, "pr-263"),
        (Read::Status, "pr-263"),
        (Read::StepStatus, "ds-2"),
        (Read::Process, "p-2"),
    ] {
        server.fault("", other(id));
        let error = reading.ask(&server.client).await.unwrap_err();
        assert_eq!(error.trouble, Trouble::BadAnswer, "{reading:?}");
        assert!(error.message.contains(id));
        server.sim.clear_faults();
    }
}

#[tokio::test]
async fn a_list_with_a_step_that_cannot_be_told_from_others_is_no_list() {
    let server = test_server().await;
    for rewrite in [
        Rewrite::RemoveField { field: "id".into() },
        Rewrite::OtherId { id: "zz-9".into() },
    ] {
        server.fault("/steps", FaultKind::Rewrite(rewrite));
        let error = server.client.run_steps(&run()).await.unwrap_err();
        assert_eq!(error.trouble, Trouble::BadAnswer);
        server.sim.clear_faults();
    }
}

#[tokio::test]
async fn every_read_survives_a_proxys_page() {
    let server = test_server().await;
    for reading in Read::VARIANTS {
        server.fault("/api/", page(200));
        let error = reading.ask(&server.client).await.unwrap_err();
        assert_eq!(error.trouble, Trouble::BadAnswer, "{reading:?}");
        assert!(
            error.message.contains("a proxy's page"),
            "{}",
            error.message
        );
        server.sim.clear_faults();
        assert!(reading.ask(&server.client).await.is_ok(), "{reading:?}");
    }
}
