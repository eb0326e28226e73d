use std::collections::VecDeque;

use runwatch_core::network::ScriptPlace;

use super::*;

const APP: &str = "https://app.solvexia.com";
const OTHER: &str = "https://eu.solvexia.com";

/// A script that takes its time, and gives one answer after the other.
#[derive(Debug, Default)]
struct SlowScript {
    answers: Mutex<VecDeque<(u64, &'static str)>>,
    asked: Mutex<Vec<String>>,
}

impl SlowScript {
    fn new(answers: &[(u64, &'static str)]) -> (Arc<Self>, ScriptCache) {
        let script = Arc::new(Self {
            answers: Mutex::new(answers.iter().copied().collect()),
            asked: Mutex::default(),
        });
        (Arc::clone(&script), ScriptCache::of(script))
    }

    fn asked(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

#[async_trait]
impl ProxyScript for SlowScript {
    async fn ask(&self, origin: &str) -> Answer {
        self.asked.lock().unwrap().push(origin.to_owned());
        let (seconds, text) = self.answers.lock().unwrap().pop_front().unwrap();
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        match text {
            "" => Ok(None),
            text => {
                ScriptAnswer::read(ScriptPlace::Network, text).map(|answer| Some(answer.into()))
            }
        }
    }
}

async fn text(cache: &ScriptCache, origin: &str) -> Result<String, ScriptError> {
    let answer = cache.ask(origin).await?;
    Ok(answer.map_or_else(String::new, |answer| answer.text()))
}

async fn after(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_host_is_asked_for_once_by_all_who_want_to_know() {
    let (script, cache) = SlowScript::new(&[(3, "PROXY a:1"), (0, "")]);
    let (first, second) = tokio::join!(text(&cache, APP), text(&cache, APP));
    assert_eq!(first.unwrap(), "PROXY a:1");
    assert_eq!(second.unwrap(), "PROXY a:1");
    assert_eq!(text(&cache, APP).await.unwrap(), "PROXY a:1");
    assert_eq!(script.asked(), 1);
    assert_eq!(text(&cache, OTHER).await.unwrap(), "");
    assert_eq!(*script.asked.lock().unwrap(), [APP, OTHER]);
}

#[tokio::test(start_paused = true)]
async fn a_script_that_is_late_holds_one_request_up_and_its_answer_counts_later() {
    let (script, cache) = SlowScript::new(&[(30, "PROXY a:1")]);
    let before = Instant::now();
    assert_eq!(text(&cache, APP).await, Err(ScriptError::Late));
    assert_eq!(before.elapsed(), PATIENCE);
    assert_eq!(text(&cache, APP).await, Err(ScriptError::Late));
    assert_eq!(before.elapsed(), PATIENCE);
    after(26).await;
    assert_eq!(text(&cache, APP).await.unwrap(), "PROXY a:1");
    assert_eq!(script.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_script_that_never_answers_is_not_asked_again_and_again() {
    let (script, cache) = SlowScript::new(&[(u64::MAX, "")]);
    for _ in 0..10 {
        assert_eq!(text(&cache, APP).await, Err(ScriptError::Late));
        after(60).await;
    }
    assert_eq!(script.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_old_answer_serves_while_the_next_one_is_fetched() {
    let answers = [(0, "PROXY a:1"), (3, "PROXY a:1"), (3, "PROXY b:1")];
    let (script, cache) = SlowScript::new(&answers);
    let first = cache.ask(APP).await.unwrap().unwrap();
    after(59).await;
    cache.ask(APP).await.unwrap();
    assert_eq!(script.asked(), 1);
    for asked in [2, 3] {
        after(60).await;
        let before = Instant::now();
        let served = cache.ask(APP).await.unwrap().unwrap();
        assert!(Arc::ptr_eq(&first, &served), "an equal answer is the same");
        assert_eq!(before.elapsed(), Duration::ZERO);
        after(4).await;
        assert_eq!(script.asked(), asked);
    }
    assert_eq!(text(&cache, APP).await.unwrap(), "PROXY b:1");
}

#[tokio::test(start_paused = true)]
async fn in_another_network_no_earlier_answer_counts_not_even_one_that_comes_late() {
    let (_, cache) = SlowScript::new(&[(0, "PROXY a:1"), (4, "PROXY a:1"), (2, "DIRECT")]);
    text(&cache, APP).await.unwrap();
    after(60).await;
    text(&cache, APP).await.unwrap();
    cache.forget();
    assert_eq!(text(&cache, APP).await.unwrap(), "DIRECT");
    after(10).await;
    assert_eq!(text(&cache, APP).await.unwrap(), "DIRECT");
}
