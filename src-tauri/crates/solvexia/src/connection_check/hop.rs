//! Constructors for the result of one hop.

use runwatch_core::network::{Hop, HopKind, HopState};

pub fn good(kind: HopKind, words: impl Into<String>) -> Hop {
    hop(kind, HopState::Good, words)
}

pub fn failed(kind: HopKind, words: impl Into<String>) -> Hop {
    hop(kind, HopState::Failed, words)
}

pub fn skipped(kind: HopKind, words: impl Into<String>) -> Hop {
    hop(kind, HopState::Skipped, words)
}

fn hop(kind: HopKind, state: HopState, words: impl Into<String>) -> Hop {
    Hop {
        kind,
        state,
        words: words.into(),
    }
}
