//! What the entry of a long secret says about its parts.

use std::fmt;

use runwatch_core::error::VaultError;
use sha2::{Digest, Sha256};

/// No secret of SolveXia's is near it; a damaged manifest may say anything.
pub const LONGEST: usize = 1 << 20;

/// How a manifest begins, and a version. A secret that begins so too is kept in parts.
const MARK: &str = "runwatch-parts-1 ";

/// Stands between the name of a secret and the number of its part; no secret's name has one.
const PART: char = '#';

/// Which parts make up a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Parts of another generation are another secret's.
    pub generation: u64,
    /// How many parts.
    pub parts: usize,
    /// The secret's bytes.
    pub length: usize,
    checksum: String,
}

impl Manifest {
    /// The manifest of a secret.
    pub fn of(secret: &str, generation: u64, parts: usize) -> Self {
        Self {
            generation,
            parts,
            length: secret.len(),
            checksum: checksum(secret),
        }
    }

    /// Reads it from an entry's text; none where the entry is the secret itself.
    ///
    /// # Errors
    /// [`VaultError::Unfaithful`] for a damaged one, which must not be taken for a secret.
    pub fn parse(entry: &str) -> Result<Option<Self>, VaultError> {
        entry
            .strip_prefix(MARK)
            .map(|words| Self::parse_words(words).ok_or(VaultError::Unfaithful))
            .transpose()
    }

    fn parse_words(words: &str) -> Option<Self> {
        let mut words = words.split(' ');
        let manifest = Self {
            generation: words.next()?.parse().ok()?,
            parts: words.next()?.parse().ok()?,
            length: words.next()?.parse().ok()?,
            checksum: words.next()?.to_owned(),
        };
        let whole = words.next().is_none() && manifest.length <= LONGEST;
        whole.then_some(manifest)
    }

    /// Whether a secret could be taken for a manifest.
    pub fn resembles(secret: &str) -> bool {
        secret.starts_with(MARK)
    }

    /// Whether this is its secret, whole.
    pub fn describes(&self, secret: &str) -> bool {
        secret.len() == self.length && checksum(secret) == self.checksum
    }

    /// The name of one of its parts.
    pub fn part(&self, name: &str, number: usize) -> String {
        format!("{name}{PART}{}.{number}", self.generation)
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            generation,
            parts,
            length,
            checksum,
        } = self;
        write!(f, "{MARK}{generation} {parts} {length} {checksum}")
    }
}

/// Whether an entry is a part of some secret.
pub fn is_part(entry: &str) -> bool {
    entry.contains(PART)
}

/// Whether an entry is a part of this secret, of whatever generation.
pub fn is_part_of(entry: &str, name: &str) -> bool {
    part_of(entry, name).is_some()
}

/// The generation of an entry that is a part of this secret.
pub fn generation_of(entry: &str, name: &str) -> Option<u64> {
    part_of(entry, name)?.split('.').next()?.parse().ok()
}

fn part_of<'a>(entry: &'a str, name: &str) -> Option<&'a str> {
    entry.strip_prefix(name)?.strip_prefix(PART)
}

fn checksum(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written_and_tells_its_secret_from_others() {
        let manifest = Manifest::of("hush", 7, 3);
        let read = Manifest::parse(&manifest.to_string());
        assert_eq!(read, Ok(Some(manifest.clone())));
        assert!(manifest.describes("hush"));
        assert!(!manifest.describes("hash") && !manifest.describes("hushed"));
        assert_eq!(Manifest::parse("hush"), Ok(None));
    }

    #[test]
    fn a_damaged_manifest_is_never_taken_for_a_secret() {
        for words in ["", "7 3", "7 3 4 ab x", "7 3 999999999999 ab", "x 3 4 ab"] {
            let read = Manifest::parse(&format!("{MARK}{words}"));
            assert_eq!(read, Err(VaultError::Unfaithful), "{words}");
        }
    }

    #[test]
    fn parts_belong_to_one_secret_and_one_generation() {
        let part = Manifest::of("hush", 7, 3).part("a/client-secret", 2);
        assert!(is_part(&part) && !is_part("a/client-secret"));
        assert_eq!(generation_of(&part, "a/client-secret"), Some(7));
        assert_eq!(generation_of(&part, "a/client"), None);
        assert_eq!(generation_of("a/client-secret", "a/client-secret"), None);
    }
}
