//! The manifest of a split secret: the entry that says which parts belong to it.

use std::fmt;

use runwatch_core::error::VaultError;
use sha2::{Digest, Sha256};

/// Longer than any secret of SolveXia. A damaged manifest could claim any length.
pub const LONGEST: usize = 1 << 20;

/// How a manifest begins, with a version. A secret that begins the same way is split too.
const MARK: &str = "runwatch-parts-1 ";

/// Separates the name of a secret from the number of its part; no secret's name contains it.
const PART: char = '#';

/// The parts of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitManifest {
    /// Parts of another generation belong to another secret.
    pub generation: u64,
    /// How many parts.
    pub parts: usize,
    /// The secret's bytes.
    pub length: usize,
    checksum: String,
}

impl SplitManifest {
    /// The manifest of a secret.
    pub fn of(secret: &str, generation: u64, parts: usize) -> Self {
        Self {
            generation,
            parts,
            length: secret.len(),
            checksum: checksum(secret),
        }
    }

    /// Parses an entry; none where the entry is the secret itself.
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

    /// Whether a secret could be mistaken for a manifest.
    pub fn resembles(secret: &str) -> bool {
        secret.starts_with(MARK)
    }

    /// Whether this is the whole secret that it describes.
    pub fn describes(&self, secret: &str) -> bool {
        secret.len() == self.length && checksum(secret) == self.checksum
    }

    /// The name of one of its parts.
    pub fn part(&self, name: &str, number: usize) -> String {
        format!("{name}{PART}{}.{number}", self.generation)
    }
}

impl fmt::Display for SplitManifest {
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

/// Whether an entry is a part of any secret.
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
        let manifest = SplitManifest::of("hush", 7, 3);
        let read = SplitManifest::parse(&manifest.to_string());
        assert_eq!(read, Ok(Some(manifest.clone())));
        assert!(manifest.describes("hush"));
        assert!(!manifest.describes("hash") && !manifest.describes("hushed"));
        assert_eq!(SplitManifest::parse("hush"), Ok(None));
    }

    #[test]
    fn a_damaged_manifest_is_never_taken_for_a_secret() {
        for words in ["", "7 3", "7 3 4 ab x", "7 3 999999999999 ab", "x 3 4 ab"] {
            let read = SplitManifest::parse(&format!("{MARK}{words}"));
            assert_eq!(read, Err(VaultError::Unfaithful), "{words}");
        }
    }

    #[test]
    fn parts_belong_to_one_secret_and_one_generation() {
        let part = SplitManifest::of("hush", 7, 3).part("a/client-secret", 2);
        assert!(is_part(&part) && !is_part("a/client-secret"));
        assert_eq!(generation_of(&part, "a/client-secret"), Some(7));
        assert_eq!(generation_of(&part, "a/client"), None);
        assert_eq!(generation_of("a/client-secret", "a/client-secret"), None);
    }
}
