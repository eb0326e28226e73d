//! Every call of the API without faults, with all spellings of its response.

use runwatch_core::error::CallError;
use runwatch_core::ports::SolveXia;
use runwatch_core::status::{RunStatus, StepStatus};
use solvexia::Client;
use solvexia_sim::{FaultKind, Rewrite, RunSeed, StepSeed};
use strum::VariantArray;

use crate::test_server::{process, run, step, test_server};

#[tokio::test]
async fn a_run_is_read() {
    let server = test_server().await;
    let info = server.client.run(&run()).await.unwrap();
    assert_eq!(info.name, "Bank reconciliation: March");
    assert_eq!(info.process, Some(process()));
    assert!(info.date_created.is_some());
}

#[tokio::test]
async fn a_run_is_started_and_followed_to_its_end() {
    let server = test_server().await;
    let status = async || server.client.run_status(&run()).await.unwrap();
    assert_eq!(status().await.status, RunStatus::NotStarted);

    server.client.start(&run()).await.unwrap();
    assert_eq!(server.sim.start_count("pr-1"), 1);
    server.sim.advance(5.0);
    let going = status().await;
    assert_eq!(going.status, RunStatus::Running);
    assert!(going.started.is_some() && going.finished.is_none());

    server.sim.advance(60.0);
    let ended = status().await;
    assert_eq!(ended.status, RunStatus::Finished);
    assert!(ended.finished.is_some() && ended.duration_seconds.is_some());
}

#[tokio::test]
async fn the_steps_are_listed_and_their_statuses_read_those_of_action_steps_too() {
    let server = test_server().await;
    let listed = server.client.run_steps(&run()).await.unwrap().entries;
    let told: Vec<(&str, &str)> = listed
        .iter()
        .map(|step| (step.id.as_str(), step.name.as_str()))
        .collect();
    assert_eq!(told, [("ds-1", "Load"), ("ds-2", "Match")]);

    server.client.start(&run()).await.unwrap();
    server.sim.advance(60.0);
    let read = async |id: &str| server.client.step_status(&run(), &step(id)).await.unwrap();
    assert_eq!(read("ds-1").await.status, StepStatus::Success);
    let warned = read("ds-2").await;
    assert_eq!(warned.status, StepStatus::Warning);
    assert_eq!(warned.message, "2 lines do not match");
    assert_eq!(read("as-3").await.status, StepStatus::Success);
}

#[tokio::test]
async fn a_run_is_cancelled_and_restarted_from_a_step() {
    let server = test_server().await;
    server.client.start(&run()).await.unwrap();
    server.sim.advance(5.0);
    server.client.cancel(&run()).await.unwrap();
    let cancelled = server.client.run_status(&run()).await.unwrap();
    assert_eq!(cancelled.status, RunStatus::Cancelled);

    server
        .client
        .restart_from(&run(), &step("ds-2"))
        .await
        .unwrap();
    let counts = server.the_run().counts;
    assert_eq!((counts.starts, counts.cancels, counts.restarts), (1, 1, 1));
}

#[tokio::test]
async fn the_deprecated_calls_do_the_same() {
    let server = test_server().await;
    server.client.start_deprecated(&run()).await.unwrap();
    server.sim.advance(5.0);
    server.client.cancel_deprecated(&run()).await.unwrap();
    let counts = server.the_run().counts;
    assert_eq!((counts.starts, counts.cancels), (1, 1));
}

#[tokio::test]
async fn processes_are_listed_by_name_and_read() {
    let server = test_server().await;
    let listed = async |name: &str| server.client.processes(name).await.unwrap().entries.len();
    assert_eq!(listed("").await, 1);
    assert_eq!(listed(" bank ").await, 1);
    assert_eq!(listed("R&D = 100%").await, 0);
    let info = server.client.process(&process()).await.unwrap();
    assert_eq!(info.name, "Bank reconciliation");
    assert_eq!(info.description.as_deref(), Some("Every day"));
    assert_eq!(
        server
            .client
            .process_steps(&process())
            .await
            .unwrap()
            .entries
            .len(),
        1
    );
    let runs = server
        .client
        .process_runs(&process())
        .await
        .unwrap()
        .entries;
    assert_eq!(runs[0].id, run());
}

#[tokio::test]
async fn a_run_is_created_with_and_without_a_prefix_and_not_started() {
    let server = test_server().await;
    for prefix in ["April", " "] {
        let made = server.client.create_run(&process(), prefix).await.unwrap();
        let state = server.sim.run(made.id.as_str()).unwrap();
        assert_eq!(
            (state.name.as_str(), state.counts.starts),
            (made.name.as_str(), 0)
        );
        assert_eq!(made.name.contains("April"), prefix == "April");
    }
}

#[tokio::test]
async fn every_spelling_of_an_answer_reads_the_same() {
    let server = test_server().await;
    server.client.start(&run()).await.unwrap();
    server.sim.advance(60.0);
    let status = async || server.client.run_status(&run()).await.unwrap();
    let steps = async || server.client.run_steps(&run()).await.unwrap();
    let one = async || {
        server
            .client
            .step_status(&run(), &step("ds-2"))
            .await
            .unwrap()
    };
    let usual = (status().await, steps().await, one().await);
    for rewrite in [
        Rewrite::NumericStatus,
        Rewrite::OtherDurationKey,
        Rewrite::OrderedName,
        Rewrite::MissingIsEnabled,
        Rewrite::SetField {
            field: "unheardOf".into(),
            value: [1, 2].as_slice().into(),
        },
    ] {
        server.fault("", FaultKind::Rewrite(rewrite.clone()));
        let told = (status().await, steps().await, one().await);
        assert_eq!(told, usual, "{rewrite:?}");
        server.sim.clear_faults();
    }
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_kept_as_its_word() {
    let server = test_server().await;
    let word = "AwaitingApproval".to_owned();
    server.fault(
        "",
        FaultKind::Rewrite(Rewrite::StatusWord { word: word.clone() }),
    );
    let seen = server.client.run_status(&run()).await.unwrap();
    assert_eq!(seen.status, RunStatus::Unknown(word.clone()));
    let seen = server
        .client
        .step_status(&run(), &step("ds-1"))
        .await
        .unwrap();
    assert_eq!(seen.status, StepStatus::Unknown(word));
}

/// Bodies of this size are read off the async threads.
#[tokio::test]
async fn of_a_list_of_thousands_of_steps_with_long_names_the_first_2000_are_read() {
    let server = test_server().await;
    let name = "x".repeat(2_000);
    let steps = (1..=3_000)
        .map(|place| StepSeed::new(&format!("1.{place}"), &name, 1.0))
        .collect();
    server.sim.seed_run(RunSeed::new("pr-1", steps));
    let listing = server.client.run_steps(&run()).await.unwrap();
    assert_eq!((listing.entries.len(), listing.is_cut), (2_000, true));
    let mut listed = listing.entries.iter();
    assert!(listed.all(|step| step.name.chars().count() == 501));
}

/// All reads, for the tests that put faults in their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Read {
    Run,
    Status,
    Steps,
    StepStatus,
    Processes,
    Process,
    ProcessRuns,
    ProcessSteps,
}

impl Read {
    pub async fn ask(self, client: &Client) -> Result<(), CallError> {
        match self {
            Self::Run => client.run(&run()).await.map(drop),
            Self::Status => client.run_status(&run()).await.map(drop),
            Self::Steps => client.run_steps(&run()).await.map(drop),
            Self::StepStatus => client.step_status(&run(), &step("ds-1")).await.map(drop),
            Self::Processes => client.processes("").await.map(drop),
            Self::Process => client.process(&process()).await.map(drop),
            Self::ProcessRuns => client.process_runs(&process()).await.map(drop),
            Self::ProcessSteps => client.process_steps(&process()).await.map(drop),
        }
    }
}

#[test]
fn every_read_of_the_client_is_listed_for_the_tests_of_faults() {
    let source = include_str!("../../src/endpoints.rs");
    let in_client = [".read(", ".read_list("].map(|call| source.matches(call).count());
    assert_eq!(Read::VARIANTS.len(), in_client.iter().sum::<usize>());
}
