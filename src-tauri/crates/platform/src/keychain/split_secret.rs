//! Secrets of any length in entries of at most 2,560 bytes, so that neither a kill nor a second
//! process ever leaves a mixture.
//!
//! A short secret is one entry. A longer one is split into parts, each an entry, and its own entry
//! holds a [`SplitManifest`] that names the valid generation of parts. Parts are written and read
//! back first, then the manifest is replaced, and only then the old parts are deleted. A checksum
//! detects a mixture of two secrets.

use runwatch_core::error::VaultError;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::entry_store::EntryStore;
use super::split_manifest::{LONGEST, SplitManifest, generation_of, is_part, is_part_of};

/// The limit of Windows for one entry, used on every system so that there is one way to test.
pub const LIMIT: usize = 2_560;

/// Parts without a manifest may belong to another process that is writing them, unless they are
/// older than this (in nanoseconds).
const ABANDONED: u64 = 60_000_000_000;

/// How often a read is repeated when parts are missing.
const READS: usize = 3;

/// Writes a secret and reads it back. `now`, in nanoseconds, numbers its generation.
pub fn keep(
    entries: &mut dyn EntryStore,
    name: &str,
    secret: &SecretString,
    now: u64,
) -> Result<(), VaultError> {
    let text = secret.expose_secret();
    if text.len() > LONGEST {
        return Err(VaultError::Refused("the secret is too long".into()));
    }
    let old = match entries.read(name)? {
        // A damaged manifest is replaced like any other.
        Some(bytes) => readable(&bytes)
            .and_then(SplitManifest::parse)
            .unwrap_or(None),
        None => None,
    };
    // Higher than the stored one, even where the clock was set back.
    let generation = old
        .as_ref()
        .map_or(now, |old| now.max(old.generation.saturating_add(1)));
    if text.len() <= LIMIT && !SplitManifest::resembles(text) {
        entries.write(name, text.as_bytes())?;
    } else {
        let pieces = cut(text);
        let manifest = SplitManifest::of(text, generation, pieces.len());
        for (number, piece) in pieces.into_iter().enumerate() {
            write_part(entries, &manifest.part(name, number), piece.as_bytes())?;
        }
        entries.write(name, manifest.to_string().as_bytes())?;
    }
    match read(entries, name)? {
        Some(kept) if kept.expose_secret() == text => {}
        _ => return Err(VaultError::Unfaithful),
    }
    let replaced = old.map(|old| old.generation);
    if let Err(error) = clean_up(entries, name, replaced, generation) {
        // The secret is stored; the next `keep` cleans up again.
        tracing::debug!(%error, "old parts of a secret are left over");
    }
    Ok(())
}

/// Reads a secret; none where there is none.
pub fn read(entries: &mut dyn EntryStore, name: &str) -> Result<Option<SecretString>, VaultError> {
    for _ in 0..READS {
        let Some(bytes) = entries.read(name)? else {
            return Ok(None);
        };
        let text = readable(&bytes)?;
        let Some(manifest) = SplitManifest::parse(text)? else {
            return Ok(Some(SecretString::from(text)));
        };
        if let Some(secret) = join(entries, name, &manifest)? {
            return Ok(Some(secret));
        }
        // Another process may have replaced it at that moment: then there is a new manifest.
    }
    Err(VaultError::Unfaithful)
}

/// Deletes a secret and all leftover parts. It is fine if there is none.
pub fn forget(entries: &mut dyn EntryStore, name: &str) -> Result<(), VaultError> {
    // The manifest first: without it there is no secret, even if deleting parts fails.
    entries.delete(name)?;
    for part in entries.names()? {
        if is_part_of(&part, name) {
            entries.delete(&part)?;
        }
    }
    Ok(())
}

/// Deletes every entry and returns how many there were. Goes on where one cannot be deleted.
pub fn forget_all(entries: &mut dyn EntryStore) -> Result<usize, VaultError> {
    let mut gone = 0;
    let mut failed = None;
    for name in entries.names()? {
        match entries.delete(&name) {
            Ok(there) => gone += usize::from(there),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(gone), Err)
}

/// The names of all secrets.
pub fn names(entries: &mut dyn EntryStore) -> Result<Vec<String>, VaultError> {
    let mut names = entries.names()?;
    names.retain(|name| !is_part(name));
    names.sort();
    Ok(names)
}

fn readable(bytes: &[u8]) -> Result<&str, VaultError> {
    std::str::from_utf8(bytes).map_err(|_| VaultError::Unfaithful)
}

/// Splits between characters, as some keychains hold text only.
fn cut(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(LIMIT));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// Writes a part and reads it back, as the old secret is replaced only by one that is stored whole.
fn write_part(entries: &mut dyn EntryStore, name: &str, piece: &[u8]) -> Result<(), VaultError> {
    entries.write(name, piece)?;
    match entries.read(name)? {
        Some(kept) if *kept == piece => Ok(()),
        _ => Err(VaultError::Unfaithful),
    }
}

/// The secret that a manifest names, if all of its parts are there.
fn join(
    entries: &mut dyn EntryStore,
    name: &str,
    manifest: &SplitManifest,
) -> Result<Option<SecretString>, VaultError> {
    // Allocated once: growing would leave copies in memory that are not wiped.
    let mut text = Zeroizing::new(String::with_capacity(manifest.length));
    for number in 0..manifest.parts {
        let Some(part) = entries.read(&manifest.part(name, number))? else {
            return Ok(None);
        };
        match std::str::from_utf8(&part) {
            Ok(piece) if text.len() + piece.len() <= manifest.length => text.push_str(piece),
            _ => return Ok(None),
        }
    }
    Ok(manifest
        .describes(&text)
        .then(|| SecretString::from(text.as_str())))
}

/// Deletes the replaced generation, and parts that a killed process left.
fn clean_up(
    entries: &mut dyn EntryStore,
    name: &str,
    replaced: Option<u64>,
    current: u64,
) -> Result<(), VaultError> {
    for part in entries.names()? {
        let Some(generation) = generation_of(&part, name) else {
            continue;
        };
        let abandoned = generation.saturating_add(ABANDONED) < current;
        if Some(generation) == replaced || abandoned {
            entries.delete(&part)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
