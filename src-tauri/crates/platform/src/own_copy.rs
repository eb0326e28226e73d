//! Windows' registry has a class of ours for all users of the computer, by the MSI, or for one of them, by the
//! program itself. Pure: `os/windows/classes.rs` reads and writes.

/// What becomes of the user's own copy of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnCopy {
    /// The program writes it.
    Written,
    /// There is none, whatever it said: it would hide that of all users, and outlive its removal.
    Removed,
}

/// By the command that opens this program, and the one that an installation for all users has registered with the
/// class.
pub fn own_copy(this: &str, of_all_users: Option<&str>) -> OwnCopy {
    // Windows takes paths in any case.
    let is_this = |command: &str| command.to_lowercase() == this.to_lowercase();
    match of_all_users.is_some_and(is_this) {
        true => OwnCopy::Removed,
        false => OwnCopy::Written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THIS: &str = r#""C:\Program Files\Runwatch\runwatch.exe" "%1""#;

    #[test]
    fn what_names_this_program_for_all_users_needs_no_copy_of_one_user() {
        for same in [THIS, &THIS.to_uppercase(), &THIS.to_lowercase()] {
            assert_eq!(own_copy(THIS, Some(same)), OwnCopy::Removed, "{same}");
        }
    }

    #[test]
    fn a_program_that_is_not_that_of_all_users_writes_its_own() {
        for other in [None, Some(""), Some(r#""C:\elsewhere\runwatch.exe" "%1""#)] {
            assert_eq!(own_copy(THIS, other), OwnCopy::Written, "{other:?}");
        }
    }
}
