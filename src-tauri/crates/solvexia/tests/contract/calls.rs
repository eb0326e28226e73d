//! Every call of the API, as it goes when nothing is wrong, in all the spellings of its answer.

use runwatch_core::ports::SolveXia;
use runwatch_core::status::{RunStatus, StepStatus};
use solvexia_sim::{FaultKind, Rewrite, RunSeed, StepSeed};

use crate::world::{process, run, step, world};

#[tokio::test]
async fn a_run_is_read() {
    let world = world().await;
    let info = world.client.run(&run()).await.unwrap();
    assert_eq!(info.name, "Bank reconciliation: March");
    assert_eq!(info.process, Some(process()));
    assert!(info.date_created.is_some());
}

#[tokio::test]
async fn a_run_is_started_and_followed_to_its_end() {
    let world = world().await;
    let status = async || world.client.run_status(&run()).await.unwrap();
    assert_eq!(status().await.status, RunStatus::NotStarted);

    world.client.start(&run()).await.unwrap();
    assert_eq!(world.sim.start_count("pr-1"), 1);
    world.sim.advance(5.0);
    let going = status().await;
    assert_eq!(going.status, RunStatus::Running);
    assert!(going.started.is_some() && going.finished.is_none());

    world.sim.advance(60.0);
    let ended = status().await;
    assert_eq!(ended.status, RunStatus::Finished);
    assert!(ended.finished.is_some() && ended.duration_seconds.is_some());
}

#[tokio::test]
async fn the_steps_are_listed_and_their_statuses_read_those_of_action_steps_too() {
    let world = world().await;
    let listed = world.client.run_steps(&run()).await.unwrap();
    let told: Vec<(&str, &str)> = listed
        .iter()
        .map(|step| (step.id.as_str(), step.name.as_str()))
        .collect();
    assert_eq!(told, [("ds-1", "Load"), ("ds-2", "Match")]);

    world.client.start(&run()).await.unwrap();
    world.sim.advance(60.0);
    let read = async |id: &str| world.client.step_status(&run(), &step(id)).await.unwrap();
    assert_eq!(read("ds-1").await.status, StepStatus::Success);
    let warned = read("ds-2").await;
    assert_eq!(warned.status, StepStatus::Warning);
    assert_eq!(warned.message, "2 lines do not match");
    assert_eq!(read("as-3").await.status, StepStatus::Success);
}

#[tokio::test]
async fn a_run_is_cancelled_and_restarted_from_a_step() {
    let world = world().await;
    world.client.start(&run()).await.unwrap();
    world.sim.advance(5.0);
    world.client.cancel(&run()).await.unwrap();
    let cancelled = world.client.run_status(&run()).await.unwrap();
    assert_eq!(cancelled.status, RunStatus::Cancelled);

    world
        .client
        .restart_from(&run(), &step("ds-2"))
        .await
        .unwrap();
    let counts = world.the_run().counts;
    assert_eq!((counts.starts, counts.cancels, counts.restarts), (1, 1, 1));
}

#[tokio::test]
async fn the_deprecated_calls_do_the_same() {
    let world = world().await;
    world.client.start_deprecated(&run()).await.unwrap();
    world.sim.advance(5.0);
    world.client.cancel_deprecated(&run()).await.unwrap();
    let counts = world.the_run().counts;
    assert_eq!((counts.starts, counts.cancels), (1, 1));
}

#[tokio::test]
async fn processes_are_listed_by_name_and_read() {
    let world = world().await;
    assert_eq!(world.client.processes("").await.unwrap().len(), 1);
    assert_eq!(world.client.processes(" bank ").await.unwrap().len(), 1);
    assert!(
        world
            .client
            .processes("R&D = 100%")
            .await
            .unwrap()
            .is_empty()
    );
    let info = world.client.process(&process()).await.unwrap();
    assert_eq!(info.name, "Bank reconciliation");
    assert_eq!(info.description.as_deref(), Some("Every day"));
    assert_eq!(
        world.client.process_steps(&process()).await.unwrap().len(),
        1
    );
    let runs = world.client.process_runs(&process()).await.unwrap();
    assert_eq!(runs[0].id, run());
}

#[tokio::test]
async fn a_run_is_created_with_and_without_a_prefix_and_not_started() {
    let world = world().await;
    for prefix in ["April", " "] {
        let made = world.client.create_run(&process(), prefix).await.unwrap();
        let state = world.sim.run(made.id.as_str()).unwrap();
        assert_eq!(
            (state.name.as_str(), state.counts.starts),
            (made.name.as_str(), 0)
        );
        assert_eq!(made.name.contains("April"), prefix == "April");
    }
}

#[tokio::test]
async fn every_spelling_of_an_answer_reads_the_same() {
    let world = world().await;
    world.client.start(&run()).await.unwrap();
    world.sim.advance(60.0);
    let status = async || world.client.run_status(&run()).await.unwrap();
    let steps = async || world.client.run_steps(&run()).await.unwrap();
    let one = async || {
        world
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
        world.fault("", FaultKind::Told(rewrite.clone()));
        let told = (status().await, steps().await, one().await);
        assert_eq!(told, usual, "{rewrite:?}");
        world.sim.clear_faults();
    }
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_kept_as_its_word() {
    let world = world().await;
    let word = "AwaitingApproval".to_owned();
    world.fault(
        "",
        FaultKind::Told(Rewrite::StatusWord { word: word.clone() }),
    );
    let seen = world.client.run_status(&run()).await.unwrap();
    assert_eq!(seen.status, RunStatus::Unknown(word.clone()));
    let seen = world
        .client
        .step_status(&run(), &step("ds-1"))
        .await
        .unwrap();
    assert_eq!(seen.status, StepStatus::Unknown(word));
}

/// Bodies of this size are read off the async threads.
#[tokio::test]
async fn a_list_of_thousands_of_steps_with_long_names_is_read() {
    let world = world().await;
    let name = "x".repeat(2_000);
    let steps = (1..=3_000)
        .map(|place| StepSeed::new(&format!("1.{place}"), &name, 1.0))
        .collect();
    world.sim.seed_run(RunSeed::new("pr-1", steps));
    let listed = world.client.run_steps(&run()).await.unwrap();
    assert_eq!(listed.len(), 3_000);
    assert!(listed.iter().all(|step| step.name.chars().count() == 501));
}
