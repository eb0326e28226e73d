//! The set-up script (PAC) by which this computer chooses its proxies, asked on a thread of its own:
//! a system that looks for it in the network may block for a minute.

use std::sync::{Arc, mpsc};
use std::{io, thread};

use async_trait::async_trait;
use runwatch_core::network::{ScriptAnswer, ScriptError};
use runwatch_core::ports::ProxyScript;
use tokio::sync::oneshot;

use crate::os;

type Answer = Result<Option<ScriptAnswer>, ScriptError>;

/// What the system is set to: looked up with each question.
#[derive(Debug)]
pub struct SystemProxyScript(mpsc::Sender<Question>);

struct Question {
    origin: String,
    answer: oneshot::Sender<Answer>,
}

impl SystemProxyScript {
    /// Starts its thread.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn new() -> io::Result<Self> {
        let (questions, queue) = mpsc::channel::<Question>();
        thread::Builder::new()
            .name("proxy-script".into())
            .spawn(move || {
                for Question { origin, answer } in queue {
                    // Who asked may have stopped waiting.
                    let _ = answer.send(os::ask_proxy_script(&origin));
                }
            })?;
        Ok(Self(questions))
    }
}

#[async_trait]
impl ProxyScript for SystemProxyScript {
    async fn ask(&self, origin: &str) -> Result<Option<Arc<ScriptAnswer>>, ScriptError> {
        let (answer, wait) = oneshot::channel();
        let origin = origin.to_owned();
        // Sending fails only if the thread is gone: then no answer comes.
        self.0
            .send(Question { origin, answer })
            .map_err(|_| ScriptError::Late)?;
        let answer = wait.await.map_err(|_| ScriptError::Late)??;
        Ok(answer.map(Arc::new))
    }
}
