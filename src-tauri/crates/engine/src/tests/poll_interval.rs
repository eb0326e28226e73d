//! How often it is asked, and when it is not: rule 18.

use std::sync::atomic::Ordering;
use std::time::Duration;

use runwatch_core::account::{Account, SignInMethod};
use runwatch_core::error::{CallError, Effect, Trouble};

use super::server::{Call, Twist, error};
use super::world::{Life, World, account, key, other_account, pass, watching};
use crate::accounts::session::SignInState;
use crate::actions::request::RequestedAction;

async fn running(runs: &[&str]) -> (World, Life) {
    watching(runs, "Running", "Running", 5).await
}

fn reads(world: &World, run: &str) -> usize {
    world.server.count(run, &Call::Status)
}

fn busy(seconds: u64) -> CallError {
    CallError {
        retry_after: Some(Duration::from_secs(seconds)),
        ..error(Trouble::Busy, Effect::None)
    }
}

#[tokio::test(start_paused = true)]
async fn rule_18_in_a_visible_window_a_watched_going_run_is_at_most_5_s_stale() {
    let (world, life) = running(&["pr-1", "pr-2"]).await;
    life.engine.set_window(Some(key("pr-2")), true);
    pass(300).await;
    for run in ["pr-1", "pr-2"] {
        let all = world.server.moments(run, &Call::Status);
        let since_view = all.windows(2).skip(2);
        let longest = since_view.map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(longest <= Duration::from_secs(5), "{run}: {longest:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_18_after_an_action_it_is_asked_at_1_2_4_and_8_s_though_the_window_is_closed() {
    let world = World::new();
    world.put("pr-1", "NotStarted", &["NotStarted"]);
    let life = world.boot().await;
    life.watch("pr-1").await;
    pass(5).await;
    life.act("pr-1", RequestedAction::Start).await.unwrap();
    let acted = tokio::time::Instant::now();
    pass(12).await;
    let asked = world.server.moments("pr-1", &Call::Status);
    for second in [1, 2, 4, 8] {
        let at = acted + Duration::from_secs(second);
        let near = asked.iter().any(|moment| {
            moment
                .saturating_duration_since(at)
                .max(at.saturating_duration_since(*moment))
                < Duration::from_millis(150)
        });
        assert!(near, "{second} s");
    }
}

#[tokio::test(start_paused = true)]
async fn rule_18_retry_after_wins_over_everything_for_all_runs_of_the_account() {
    let runs: Vec<String> = (1..=30).map(|n| format!("pr-{n}")).collect();
    let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
    let (world, life) = running(&runs).await;
    life.engine.set_window(Some(key("pr-1")), true);
    world.server.fail_once("pr-1", Call::Status, busy(60));
    let _ = life.engine.poll(&key("pr-1"), false).await;
    let before: usize = runs.iter().map(|run| reads(&world, run)).sum();
    pass(58).await;
    let after: usize = runs.iter().map(|run| reads(&world, run)).sum();
    // Those that were on their way already are allowed for.
    assert!(after - before <= 8, "{before} {after}");
    pass(15).await;
    assert!(runs.iter().all(|run| reads(&world, run) > 0));
    let later: usize = runs.iter().map(|run| reads(&world, run)).sum();
    assert!(later - after >= 30);
}

#[tokio::test(start_paused = true)]
async fn rule_18_runs_that_wait_their_turn_hear_of_a_retry_after_too() {
    let runs: Vec<String> = (1..=40).map(|n| format!("pr-{n}")).collect();
    let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
    let (world, life) = running(&runs).await;
    pass(30).await;
    // All are due at once, eight at a time; each of the first asks for patience.
    let before: usize = runs.iter().map(|run| reads(&world, run)).sum();
    for run in &runs {
        world.server.fail_once(run, Call::Status, busy(60));
    }
    life.engine.poll_all_now();
    pass(50).await;
    let after: usize = runs.iter().map(|run| reads(&world, run)).sum();
    assert!(after - before <= 8, "{}", after - before);
}

#[tokio::test(start_paused = true)]
async fn rule_18_the_longest_retry_after_counts() {
    let (world, life) = running(&["pr-1", "pr-2"]).await;
    world.server.fail_once("pr-1", Call::Status, busy(120));
    world.server.fail_once("pr-2", Call::Status, busy(1));
    let (pr_1, pr_2) = (key("pr-1"), key("pr-2"));
    let _ = tokio::join!(
        life.engine.poll(&pr_1, false),
        life.engine.poll(&pr_2, false)
    );
    let before = reads(&world, "pr-1") + reads(&world, "pr-2");
    pass(100).await;
    assert_eq!(reads(&world, "pr-1") + reads(&world, "pr-2"), before);
}

#[tokio::test(start_paused = true)]
async fn signing_out_stops_all_reads_and_actions() {
    let (world, life) = running(&["pr-1"]).await;
    life.engine.set_session(account(), None);
    pass(1).await;
    let before = reads(&world, "pr-1");
    pass(3600).await;
    assert_eq!(reads(&world, "pr-1"), before);
    assert!(life.act("pr-1", RequestedAction::Cancel).await.is_err());
    assert_eq!(world.server.posts("pr-1"), 0);
    life.sign_in();
    pass(2).await;
    assert!(
        reads(&world, "pr-1") > before,
        "and signing in reads at once"
    );
}

/// What SolveXia refused rests otherwise: it may have been mended meanwhile.
#[tokio::test(start_paused = true)]
async fn a_refresh_tries_a_refused_sign_in_again_and_no_good_one() {
    let (world, life) = running(&["pr-1"]).await;
    let sign_ins = || life.port.sign_ins.load(Ordering::SeqCst);
    let standing = || {
        life.engine
            .accounts
            .get(&account().id)
            .map(|session| session.sign_in)
    };
    life.engine.refresh(&key("pr-1")).await.unwrap();
    assert_eq!(sign_ins(), 0);
    let refused = error(Trouble::SignedOut, Effect::None);
    world.server.break_call("pr-1", Call::Status, refused);
    pass(60).await;
    assert_eq!((sign_ins(), standing()), (0, Some(SignInState::SignedOut)));
    world.server.mend();
    life.engine.refresh(&key("pr-1")).await.unwrap();
    assert_eq!((sign_ins(), standing()), (1, Some(SignInState::Ready)));
}

#[tokio::test(start_paused = true)]
async fn a_dead_token_is_not_tried_again_and_client_credentials_once_a_minute() {
    for (method, most) in [(SignInMethod::Token, 1), (SignInMethod::Client, 11)] {
        let (world, life) = running(&["pr-1"]).await;
        let account = Account {
            method,
            ..account()
        };
        life.engine.set_session(account, Some(life.port.clone()));
        pass(1).await;
        let refused = error(Trouble::SignedOut, Effect::None);
        world.server.break_call("pr-1", Call::Status, refused);
        let before = reads(&world, "pr-1");
        pass(615).await;
        let asked = reads(&world, "pr-1") - before;
        assert!((1..=most + 1).contains(&asked), "{method:?}: {asked}");
        assert!(
            life.engine
                .accounts
                .cannot_act(&key("pr-1").account)
                .is_some()
        );
    }
}

#[tokio::test(start_paused = true)]
async fn offline_it_asks_about_once_a_minute_and_is_back_by_itself() {
    let (world, life) = running(&["pr-1"]).await;
    world.server.set_offline(true);
    pass(600).await;
    let before = reads(&world, "pr-1");
    pass(600).await;
    let asked = reads(&world, "pr-1") - before;
    assert!((5..=15).contains(&asked), "{asked}");
    assert!(life.state("pr-1").problem.is_some());
    world.server.set_offline(false);
    world.end("pr-1", "Finished", &["Success"]);
    pass(80).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-1"]);
    assert!(life.state("pr-1").problem.is_none());
}

/// Thirty runs each of two accounts on one host.
async fn two_accounts() -> (World, Life) {
    let runs: Vec<String> = (1..=30).map(|n| format!("pr-{n}")).collect();
    let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
    let (world, life) = running(&runs).await;
    life.engine
        .set_session(other_account(), Some(life.port.clone()));
    for n in 31..=60 {
        let run = format!("pr-{n}");
        world.put(&run, "Running", &["Running"]);
        let added = life
            .engine
            .add_run(&other_account().id, key(&run).run)
            .await;
        life.engine
            .set_watched(&added.unwrap(), true)
            .await
            .unwrap();
    }
    pass(60).await;
    (world, life)
}

#[tokio::test(start_paused = true)]
async fn rule_18_a_429_without_a_time_slows_all_accounts_on_the_host() {
    let (world, life) = two_accounts().await;
    let before = world.server.calls();
    pass(60).await;
    let usual = world.server.calls() - before;
    assert!(usual >= 200, "{usual}");
    let busy = error(Trouble::Busy, Effect::None);
    for n in 1..=60 {
        let run = format!("pr-{n}");
        world.server.break_call(&run, Call::Status, busy.clone());
    }
    let _ = life.engine.poll(&key("pr-1"), false).await;
    let before = world.server.calls();
    pass(600).await;
    let asked = world.server.calls() - before;
    assert!((2..=10).contains(&asked), "{asked} in ten minutes");
    world.server.mend();
    pass(500).await;
    assert!((1..=60).all(|n| reads(&world, &format!("pr-{n}")) > 3));
}

#[tokio::test(start_paused = true)]
async fn all_accounts_on_a_host_share_its_eight_reads_at_a_time() {
    let (world, life) = two_accounts().await;
    life.engine.poll_all_now();
    pass(60).await;
    assert_eq!(world.server.most_at_once(), 8);
}

#[tokio::test(start_paused = true)]
async fn offline_many_runs_make_no_storm() {
    let (world, _life) = two_accounts().await;
    world.server.set_offline(true);
    pass(300).await;
    let before = world.server.calls();
    pass(600).await;
    let asked = world.server.calls() - before;
    assert!((5..=15).contains(&asked), "{asked} in ten minutes");
}

#[tokio::test(start_paused = true)]
async fn the_first_answer_after_an_outage_calls_all_that_was_missed() {
    let runs = ["pr-1", "pr-2", "pr-3"];
    let (world, life) = running(&runs).await;
    // Chance decides which of them is asked first: so several times.
    for _ in 0..20 {
        world.server.set_offline(true);
        pass(3600).await;
        world.server.set_offline(false);
        // The first answer may be to a question that was on its way already.
        let back = world.now();
        while life.engine.accounts.get(&account().id).unwrap().sign_in != SignInState::Ready {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        pass(1).await;
        for run in runs {
            assert!(life.state(run).run.seen_at >= Some(back), "{run}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_that_breaks_stops_neither_its_own_run_nor_others() {
    let (world, _life) = running(&["pr-1", "pr-2"]).await;
    for _ in 0..5 {
        let panic = Twist {
            panic: true,
            ..Twist::default()
        };
        world.server.twist("pr-1", Call::Status, panic);
    }
    world.end("pr-1", "Finished", &["Failed"]);
    world.end("pr-2", "Finished", &["Success"]);
    pass(120).await;
    let mut ends = world.shelf.ends();
    ends.sort();
    assert_eq!(ends, ["Failed: Run pr-1", "Succeeded: Run pr-2"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_hangs_holds_up_no_other_account() {
    let (world, _life) = running(&["pr-1", "pr-2"]).await;
    let hang = Twist {
        delay: Duration::from_secs(100_000),
        ..Twist::default()
    };
    world.server.twist("pr-1", Call::Status, hang);
    pass(30).await;
    world.end("pr-2", "Finished", &["Success"]);
    pass(20).await;
    assert_eq!(world.shelf.ends(), ["Succeeded: Run pr-2"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_neither_watched_nor_seen_is_not_read() {
    let (world, life) = running(&["pr-1"]).await;
    life.engine.set_watched(&key("pr-1"), false).await.unwrap();
    let before = reads(&world, "pr-1");
    pass(3600).await;
    assert_eq!(reads(&world, "pr-1"), before);
}

#[tokio::test(start_paused = true)]
async fn a_window_that_is_resized_reschedules_nothing_and_one_that_comes_into_sight_does() {
    let (engine, _outbox, _port) = World::new().idle().await;
    let reschedules = async |change: &dyn Fn()| {
        change();
        let woken = engine.scheduler.woken();
        tokio::time::timeout(Duration::from_millis(1), woken)
            .await
            .is_ok()
    };
    for (visible, is_news) in [(true, true), (true, false), (false, true), (false, false)] {
        let show = || engine.set_window_visible(visible);
        assert_eq!(reschedules(&show).await, is_news, "{visible}");
    }
    let open = || engine.set_open_run(Some(key("pr-1")));
    assert!(reschedules(&open).await && !reschedules(&open).await);
    let same = || engine.set_window(Some(key("pr-1")), false);
    assert!(!reschedules(&same).await);
}
