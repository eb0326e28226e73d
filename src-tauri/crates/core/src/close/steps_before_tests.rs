use super::*;
use crate::close::test_support::process;
use crate::test_support::at;

fn step(n: i64, word: &str, finished: i64) -> Step {
    Step {
        id: StepId::parse(&format!("ds-{n}")).unwrap(),
        name: String::new(),
        order: None,
        enabled: true,
        by_hand: false,
        seen: Some(StepObservation {
            status: StepStatus::from_word(word),
            started: None,
            finished: Some(at(finished)),
            duration_seconds: None,
            message: String::new(),
            names_zone: true,
        }),
    }
}

fn earlier(words: [&str; 2]) -> EarlierSteps {
    EarlierSteps::of(
        &process(1),
        &[step(1, words[0], 100), step(2, words[1], 400)],
    )
}

#[test]
fn a_step_that_usually_runs_is_missed_when_it_is_skipped_and_one_that_seldom_does_is_not() {
    let now = [step(1, "Success", 50), step(2, "Skipped", 60)];
    let usual = vec![earlier(["Success", "Warning"]); 3];
    let missed = unusually_skipped(&process(1), &now, &usual);
    assert_eq!(missed, [StepId::parse("ds-2").unwrap()]);
    assert!(
        unusually_skipped(&process(1), &now, &usual[..2]).is_empty(),
        "too few say so"
    );
    assert!(
        unusually_skipped(&process(2), &now, &usual).is_empty(),
        "of another process"
    );
    let mut mixed = usual.clone();
    mixed.push(earlier(["Success", "Skipped"]));
    assert!(
        unusually_skipped(&process(1), &now, &mixed).is_empty(),
        "three of four"
    );
}

#[test]
fn the_rest_of_a_run_is_what_earlier_ones_took_after_its_latest_finished_step() {
    let now = [step(1, "Success", 50), step(2, "Running", 0)];
    let rest = rest_after_step(
        &process(1),
        &now,
        at(0),
        &vec![earlier(["Success", "Success"]); 3],
    );
    let expected = RestAfterStep {
        since: at(50),
        earlier: vec![300.0; 3],
    };
    assert_eq!(rest, Some(expected));
    let few = vec![earlier(["Success", "Success"]); 2];
    assert_eq!(rest_after_step(&process(1), &now, at(0), &few), None);
    // A step of the attempt before says nothing of this one.
    let many = vec![earlier(["Success", "Success"]); 3];
    assert_eq!(rest_after_step(&process(1), &now, at(51), &many), None);
}
