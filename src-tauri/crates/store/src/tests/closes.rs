//! Plans, closes and what is kept of them.

use super::sample_history as sample;
use runwatch_core::close::kept::{CloseWrite, KeptClose};
use runwatch_core::close::plan::PlanDraft;

use super::*;

async fn with_plans() -> Db {
    let db = Db::in_memory().unwrap();
    write(&db, sample::close_writes()).await;
    db
}

async fn write(db: &Db, closes: Vec<CloseWrite>) {
    let write = Transaction {
        closes,
        ..Transaction::default()
    };
    db.write(write).await.unwrap();
}

#[tokio::test]
async fn a_plan_and_a_close_are_kept_once_and_as_they_were_written_last() {
    let db = with_plans().await;
    let renamed = PlanDraft {
        name: "Renamed".into(),
        ..sample::plans()[0].clone()
    };
    let closed = KeptClose {
        archived: false,
        ..sample::closes()[0].clone()
    };
    let writes = vec![
        CloseWrite::Plan(Box::new(renamed.clone())),
        CloseWrite::Close(Box::new(closed.clone())),
    ];
    write(&db, writes).await;
    assert_eq!(db.plans().await.unwrap()[0], renamed);
    assert_eq!(db.closes().await.unwrap()[0], closed);
    assert_eq!(db.closes().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_forecast_is_only_ever_added() {
    let db = with_plans().await;
    let (close, forecast) = sample::forecasts().remove(0);
    write(&db, vec![CloseWrite::Forecast(close.clone(), forecast)]).await;
    let mut expected = sample::forecasts();
    expected.push((close, forecast));
    assert_eq!(db.forecasts().await.unwrap(), expected);
}

#[tokio::test]
async fn a_deleted_plan_takes_its_closes_and_forecasts_along_and_no_evidence_of_runs() {
    let db = with_plans().await;
    let plan = sample::close_id().plan;
    write(&db, vec![CloseWrite::DeletePlan(plan)]).await;
    assert_eq!(db.plans().await.unwrap(), sample::plans()[1..]);
    assert_eq!(db.closes().await.unwrap(), []);
    assert_eq!(db.forecasts().await.unwrap(), []);
    let process = sample::captured().process;
    let captured = db.captured(&key().account, &process, 9).await.unwrap();
    assert_eq!(captured, [sample::captured()]);
}

#[tokio::test]
async fn plans_outlive_their_account_unless_its_history_goes_too() {
    let db = with_plans().await;
    db.remove_account(&key().account, false).await.unwrap();
    assert_eq!(db.plans().await.unwrap(), sample::plans());
    assert_eq!(db.closes().await.unwrap(), sample::closes());
    db.remove_account(&key().account, true).await.unwrap();
    assert_eq!(db.plans().await.unwrap(), []);
    assert_eq!(db.closes().await.unwrap(), []);
    assert_eq!(db.forecasts().await.unwrap(), []);
    let process = sample::captured().process;
    let captured = db.captured(&key().account, &process, 9).await.unwrap();
    assert_eq!(captured, []);
}

/// It was read later, when only its last attempt could be seen.
#[tokio::test]
async fn what_was_captured_as_it_ended_stays_whatever_is_read_of_the_run_later() {
    let db = with_plans().await;
    let captured = sample::captured();
    let mut later = captured.clone();
    later.because = "All steps succeeded.".into();
    for attempt in [1, captured.attempt] {
        later.attempt = attempt;
        let write_later = CloseWrite::CapturedEarlier(Box::new(later.clone()));
        write(&db, vec![write_later]).await;
    }
    let kept = db
        .captured(&key().account, &captured.process, 9)
        .await
        .unwrap();
    assert_eq!(kept, [captured]);
    let mut of_another = later;
    of_another.key.run = RunId::parse("pr-77").unwrap();
    write(&db, vec![CloseWrite::CapturedEarlier(Box::new(of_another))]).await;
    let kept = db
        .captured(&key().account, &sample::captured().process, 9)
        .await
        .unwrap();
    assert_eq!(kept.len(), 2);
}
