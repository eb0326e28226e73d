use super::super::memory_store::MemoryStore;
use super::*;

const NAME: &str = "7d1f/refresh-token";
/// Times at which secrets are kept, further apart than a writer takes.
const FIRST: u64 = 1_000 * ABANDONED;
const SECOND: u64 = FIRST + 2 * ABANDONED;

/// What goes wrong at one operation.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// The process is killed before it.
    KilledBefore,
    /// The process is killed after it.
    KilledAfter,
    /// It is refused; the next ones are not.
    Refused,
    /// It is done, but returns an error.
    Lost,
}

const FAULTS: [Fault; 4] = [
    Fault::KilledBefore,
    Fault::KilledAfter,
    Fault::Refused,
    Fault::Lost,
];

type Meanwhile = Box<dyn FnOnce(&mut MemoryStore)>;

/// A store that fails, or that another process changes, at one operation.
#[derive(Default)]
struct Fragile {
    entries: MemoryStore,
    done: usize,
    fault: Option<(usize, Fault)>,
    meanwhile: Option<(usize, Meanwhile)>,
}

impl Fragile {
    fn failing(entries: MemoryStore, at: usize, fault: Fault) -> Self {
        Self {
            entries,
            fault: Some((at, fault)),
            ..Self::default()
        }
    }

    fn operate<T>(&mut self, work: impl FnOnce(&mut MemoryStore) -> T) -> Result<T, VaultError> {
        let at = self.done;
        self.done += 1;
        if let Some((_, meanwhile)) = self.meanwhile.take_if(|(when, _)| *when == at) {
            meanwhile(&mut self.entries);
        }
        let failed = Err(VaultError::Unavailable("a fault".into()));
        match self.fault {
            Some((when, Fault::KilledBefore)) if at >= when => failed,
            Some((when, Fault::KilledAfter)) if at > when => failed,
            Some((when, Fault::Refused)) if at == when => failed,
            Some((when, Fault::KilledAfter | Fault::Lost)) if at == when => {
                work(&mut self.entries);
                failed
            }
            _ => Ok(work(&mut self.entries)),
        }
    }
}

impl EntryStore for Fragile {
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
        assert!(bytes.len() <= LIMIT, "{} bytes in one entry", bytes.len());
        self.operate(|entries| entries.write(name, bytes))?
    }

    fn read(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.operate(|entries| entries.read(name))?
    }

    fn delete(&mut self, name: &str) -> Result<bool, VaultError> {
        self.operate(|entries| entries.delete(name))?
    }

    fn names(&mut self) -> Result<Vec<String>, VaultError> {
        self.operate(MemoryStore::names)?
    }
}

/// A text of that many bytes, different for each letter in each of its parts.
fn long(letter: char, bytes: usize) -> String {
    letter.to_string().repeat(bytes / letter.len_utf8())
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn shown(entries: &mut dyn EntryStore) -> Option<String> {
    read(entries, NAME)
        .unwrap()
        .map(|secret| secret.expose_secret().to_owned())
}

fn holding(text: Option<&str>) -> MemoryStore {
    let mut entries = MemoryStore::default();
    if let Some(text) = text {
        keep(&mut entries, NAME, &secret(text), FIRST).unwrap();
    }
    entries
}

/// How many entries a secret takes.
fn entries_for(text: &str) -> usize {
    let mut entries = holding(Some(text));
    entries.names().unwrap().len()
}

/// From nothing, short and long to short and long, of other and equal numbers of parts.
fn changes() -> Vec<(Option<String>, String)> {
    let texts = [
        "short".to_owned(),
        "ä".repeat(3),
        long('b', 2_561),
        long('c', 5_200),
        long('ß', 5_200),
    ];
    let olds = std::iter::once(None).chain(texts.iter().cloned().map(Some));
    olds.flat_map(|old| texts.iter().map(move |new| (old.clone(), new.clone())))
        .collect()
}

#[test]
fn secrets_of_any_length_are_read_as_they_were_kept() {
    for bytes in [0, 1, 1_300, 2_559, 2_560, 2_561, 5_120, 6_000, 40_000] {
        for letter in ['a', 'é', '€', '🦀'] {
            let text = format!("x{}", long(letter, bytes));
            let mut entries = Fragile::default();
            keep(&mut entries, NAME, &secret(&text), FIRST).unwrap();
            assert_eq!(shown(&mut entries).as_deref(), Some(text.as_str()));
            forget(&mut entries, NAME).unwrap();
            assert_eq!(entries.names().unwrap(), [""; 0], "{bytes} bytes");
        }
    }
}

#[test]
fn a_short_secret_is_its_entry_and_one_that_looks_like_a_manifest_is_kept_all_the_same() {
    assert_eq!(entries_for("short"), 1);
    let text = SplitManifest::of("hush", 7, 3).to_string();
    assert_eq!(shown(&mut holding(Some(&text))), Some(text));
}

#[test]
fn a_fault_at_any_operation_leaves_the_old_secret_or_the_new_one_whole() {
    let mut faults = 0;
    for (old, new) in changes() {
        for fault in FAULTS {
            for at in 0.. {
                let mut entries = Fragile::failing(holding(old.as_deref()), at, fault);
                let kept = keep(&mut entries, NAME, &secret(&new), SECOND);
                let over = entries.done <= at;
                let mut entries = entries.entries;
                let found = shown(&mut entries);
                let case = format!("{fault:?} at {at}, {} bytes", new.len());
                assert!(found == old || found.as_ref() == Some(&new), "{case}");
                assert!(kept.is_err() || found.as_ref() == Some(&new), "{case}");

                // The next one that is kept leaves nothing of the failed one behind.
                let later = SECOND + 2 * ABANDONED;
                keep(&mut entries, NAME, &secret(&new), later).unwrap();
                assert_eq!(shown(&mut entries).as_ref(), Some(&new), "{case}");
                assert_eq!(entries.names().unwrap().len(), entries_for(&new), "{case}");
                if over {
                    break;
                }
                faults += 1;
            }
        }
    }
    assert!(faults > 500, "{faults}");
}

#[test]
fn a_fault_while_forgetting_leaves_the_secret_or_nothing_and_the_next_try_clears_all() {
    for old in ["short".to_owned(), long('b', 6_000)] {
        for fault in FAULTS {
            for at in 0..6 {
                let mut entries = Fragile::failing(holding(Some(&old)), at, fault);
                let forgotten = forget(&mut entries, NAME);
                let mut entries = entries.entries;
                let found = shown(&mut entries);
                assert!(found.is_none() || found.as_ref() == Some(&old));
                assert!(forgotten.is_err() || found.is_none());
                forget(&mut entries, NAME).unwrap();
                assert_eq!(entries.names().unwrap(), [""; 0]);
            }
        }
    }
}

#[test]
fn two_processes_that_keep_at_once_never_make_a_mixture() {
    for (old, ours) in changes() {
        for theirs in ["theirs".to_owned(), long('t', 2_561), long('t', 9_000)] {
            for at in 0.. {
                let other = secret(&theirs);
                let mut entries = Fragile {
                    entries: holding(old.as_deref()),
                    meanwhile: Some((
                        at,
                        Box::new(move |entries| keep(entries, NAME, &other, SECOND + 1).unwrap()),
                    )),
                    ..Fragile::default()
                };
                let kept = keep(&mut entries, NAME, &secret(&ours), SECOND);
                let over = entries.done <= at;
                let found = shown(&mut entries.entries);
                assert!(
                    found.as_ref() == Some(&ours) || found.as_ref() == Some(&theirs),
                    "at {at}"
                );
                assert!(
                    kept.is_ok() || found.as_ref() == Some(&theirs),
                    "what was kept last counts, and the other one is told"
                );
                if over {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_secret_that_is_replaced_while_it_is_read_is_read_whole() {
    for (old, new) in changes() {
        let Some(old) = old else { continue };
        for at in 0..8 {
            let theirs = secret(&new);
            let mut entries = Fragile {
                entries: holding(Some(&old)),
                meanwhile: Some((
                    at,
                    Box::new(move |entries| keep(entries, NAME, &theirs, SECOND).unwrap()),
                )),
                ..Fragile::default()
            };
            let found = shown(&mut entries);
            assert!(found == Some(old.clone()) || found.as_ref() == Some(&new));
        }
    }
}

#[test]
fn halves_of_two_secrets_are_never_read_as_one() {
    let mut entries = holding(Some(&long('a', 6_000)));
    let manifest = entries.read(NAME).unwrap().unwrap();
    let manifest = SplitManifest::parse(readable(&manifest).unwrap())
        .unwrap()
        .unwrap();
    let half = long('b', LIMIT);
    entries
        .write(&manifest.part(NAME, 1), half.as_bytes())
        .unwrap();
    assert_eq!(
        read(&mut entries, NAME).unwrap_err(),
        VaultError::Unfaithful
    );
    // It is replaced like any other.
    keep(&mut entries, NAME, &secret("new"), SECOND).unwrap();
    assert_eq!(shown(&mut entries).as_deref(), Some("new"));
}

#[test]
fn parts_that_another_process_may_just_be_writing_are_left_alone() {
    let mut entries = holding(None);
    let young = SplitManifest::of("", SECOND - 1, 1).part(NAME, 0);
    let old = SplitManifest::of("", SECOND - 2 * ABANDONED, 1).part(NAME, 0);
    let others = SplitManifest::of("", FIRST, 1).part("another/refresh-token", 0);
    for part in [&young, &old, &others] {
        entries.write(part, b"part").unwrap();
    }
    keep(&mut entries, NAME, &secret("short"), SECOND).unwrap();
    let left = entries.names().unwrap();
    assert!(left.contains(&young) && left.contains(&others) && !left.contains(&old));
}

#[test]
fn a_clock_that_stands_still_or_is_set_back_makes_no_mixture_either() {
    let (old, new) = (long('a', 6_000), long('b', 6_000));
    for now in [FIRST, 5] {
        for at in 0..14 {
            let before = holding(Some(&old));
            let mut entries = Fragile::failing(before, at, Fault::KilledAfter);
            let kept = keep(&mut entries, NAME, &secret(&new), now);
            let found = shown(&mut entries.entries);
            assert!(found.as_ref() == Some(&old) || found.as_ref() == Some(&new));
            assert!(kept.is_err() || found.as_ref() == Some(&new));
        }
    }
}

#[test]
fn what_a_keychain_did_not_keep_is_told_and_the_old_secret_stays() {
    /// Loses what is longer than a line.
    struct Forgetful(MemoryStore);
    impl EntryStore for Forgetful {
        fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
            self.0.write(name, &bytes[..bytes.len().min(100)])
        }
        fn read(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
            self.0.read(name)
        }
        fn delete(&mut self, name: &str) -> Result<bool, VaultError> {
            self.0.delete(name)
        }
        fn names(&mut self) -> Result<Vec<String>, VaultError> {
            self.0.names()
        }
    }
    let mut entries = Forgetful(holding(Some("old")));
    let kept = keep(&mut entries, NAME, &secret(&long('n', 6_000)), SECOND);
    assert_eq!(kept, Err(VaultError::Unfaithful));
    assert_eq!(shown(&mut entries).as_deref(), Some("old"));
}

#[test]
fn all_is_forgotten_even_where_one_entry_is_refused() {
    let mut entries = holding(Some(&long('b', 6_000)));
    keep(&mut entries, "proxy-password", &secret("p"), FIRST).unwrap();
    assert_eq!(names(&mut entries).unwrap(), [NAME, "proxy-password"]);
    let mut entries = Fragile::failing(entries, 2, Fault::Refused);
    forget_all(&mut entries).unwrap_err();
    assert_eq!(entries.names().unwrap().len(), 1);
    assert_eq!(forget_all(&mut entries), Ok(1));
    assert_eq!(forget_all(&mut entries), Ok(0));
}
