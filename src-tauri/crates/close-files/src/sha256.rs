//! The sum that shows whether bytes are still the same.

use sha2::{Digest, Sha256};

/// The SHA-256 of something, in small hexadecimal letters.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
