//! Secrets of any length in entries of 2,560 bytes, so that no kill and no second process ever
//! leaves a mixture.
//!
//! A short secret is its entry. A longer one is cut into parts, each an entry of its own, and its
//! entry holds a [`Manifest`] that says which generation of parts is valid. Parts are written and
//! read back first, the manifest is replaced last, and only then the old parts go. The checksum
//! tells a secret from the halves of two.

use runwatch_core::error::VaultError;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::entries::Entries;
use super::manifest::{LONGEST, Manifest, generation_of, is_part, is_part_of};

/// What Windows takes for one entry; the same everywhere, as one way is tested better than three.
pub const LIMIT: usize = 2_560;

/// Parts that no manifest names may belong to another process that is just writing them, unless
/// they are older than this (in nanoseconds).
const ABANDONED: u64 = 60_000_000_000;

/// How often a secret is read anew when its parts went away under the reader.
const READS: usize = 3;

/// Writes a secret and reads it back. `now`, in nanoseconds, numbers its generation.
pub fn keep(
    entries: &mut dyn Entries,
    name: &str,
    secret: &SecretString,
    now: u64,
) -> Result<(), VaultError> {
    let text = secret.expose_secret();
    if text.len() > LONGEST {
        return Err(VaultError::Refused("the secret is too long".into()));
    }
    let old = match entries.read(name)? {
        // A damaged one is replaced like any other.
        Some(bytes) => readable(&bytes).and_then(Manifest::parse).unwrap_or(None),
        None => None,
    };
    // Later than what is there, even where the clock was set back.
    let generation = old
        .as_ref()
        .map_or(now, |old| now.max(old.generation.saturating_add(1)));
    if text.len() <= LIMIT && !Manifest::resembles(text) {
        entries.write(name, text.as_bytes())?;
    } else {
        let pieces = cut(text);
        let manifest = Manifest::of(text, generation, pieces.len());
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
    if let Err(error) = sweep(entries, name, replaced, generation) {
        // The secret is kept; the next one that is kept sweeps again.
        tracing::debug!(%error, "old parts of a secret are left over");
    }
    Ok(())
}

/// Reads a secret; none where there is none.
pub fn read(entries: &mut dyn Entries, name: &str) -> Result<Option<SecretString>, VaultError> {
    for _ in 0..READS {
        let Some(bytes) = entries.read(name)? else {
            return Ok(None);
        };
        let text = readable(&bytes)?;
        let Some(manifest) = Manifest::parse(text)? else {
            return Ok(Some(SecretString::from(text)));
        };
        if let Some(secret) = join(entries, name, &manifest)? {
            return Ok(Some(secret));
        }
        // Another process may just have replaced it: there is a new manifest then.
    }
    Err(VaultError::Unfaithful)
}

/// Deletes a secret and all that is left of earlier ones; that there is none is fine.
pub fn forget(entries: &mut dyn Entries, name: &str) -> Result<(), VaultError> {
    // The manifest first: without it there is no secret, whatever becomes of the parts.
    entries.delete(name)?;
    for part in entries.names()? {
        if is_part_of(&part, name) {
            entries.delete(&part)?;
        }
    }
    Ok(())
}

/// Deletes every entry, whatever it is, and tells how many there were. One that stays does not
/// save the others.
pub fn forget_all(entries: &mut dyn Entries) -> Result<usize, VaultError> {
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
pub fn names(entries: &mut dyn Entries) -> Result<Vec<String>, VaultError> {
    let mut names = entries.names()?;
    names.retain(|name| !is_part(name));
    names.sort();
    Ok(names)
}

fn readable(bytes: &[u8]) -> Result<&str, VaultError> {
    std::str::from_utf8(bytes).map_err(|_| VaultError::Unfaithful)
}

/// Cut between characters, as some keychains hold nothing but text.
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

/// Read back at once: the old secret is given up only for one that is there whole.
fn write_part(entries: &mut dyn Entries, name: &str, piece: &[u8]) -> Result<(), VaultError> {
    entries.write(name, piece)?;
    match entries.read(name)? {
        Some(kept) if *kept == piece => Ok(()),
        _ => Err(VaultError::Unfaithful),
    }
}

/// The secret that a manifest names, if all of its parts are there.
fn join(
    entries: &mut dyn Entries,
    name: &str,
    manifest: &Manifest,
) -> Result<Option<SecretString>, VaultError> {
    // Room for all of it at once: what grows leaves copies behind that nobody wipes.
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

/// Deletes the generation that was replaced, and what a killed writer left behind.
fn sweep(
    entries: &mut dyn Entries,
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
