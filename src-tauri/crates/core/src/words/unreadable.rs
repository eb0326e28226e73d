//! What is said of rows of the history that cannot be read.

use crate::unreadable::{UnreadableRow, UnreadableRows};
use crate::words::terms::count;

/// So many runs are named.
const NAMED: usize = 5;

/// A sentence or two for each kind of row.
pub fn unreadable(rows: &UnreadableRows) -> Vec<String> {
    let (mut accounts, mut runs, mut plans) = (0, Vec::new(), 0);
    let (mut settings, mut lines) = (Vec::new(), 0);
    for row in rows.iter() {
        match row {
            UnreadableRow::Account(_) => accounts += 1,
            UnreadableRow::Run { run, .. } => runs.push(run.as_str()),
            UnreadableRow::Plan(_) => plans += 1,
            UnreadableRow::Setting(what) => settings.push(what.as_str()),
            UnreadableRow::Line(_) => lines += 1,
        }
    }
    let mut said = Vec::new();
    match accounts {
        0 => {}
        1 => said.push(
            "1 account of the history cannot be read, so its runs are not watched. It is kept in the \
             file; to watch its runs, sign in again and add them."
                .to_owned(),
        ),
        _ => said.push(format!(
            "{accounts} accounts of the history cannot be read, so their runs are not watched. They are \
             kept in the file; to watch their runs, sign in again and add them."
        )),
    }
    match runs.as_slice() {
        [] => {}
        [run] => said.push(format!(
            "1 run of the history cannot be read and is not watched: {run}. It is kept in the file; to \
             watch it, add it again."
        )),
        runs => said.push(format!(
            "{} of the history cannot be read and are not watched: {}. They are kept in the file; to \
             watch them, add them again.",
            count(runs.len(), "run"),
            named(runs)
        )),
    }
    if plans > 0 {
        let kept = if plans == 1 { "It is" } else { "They are" };
        said.push(format!(
            "{} of the close board cannot be read, so nothing is told of its closes. {kept} kept in the \
             file; make the plan anew to go on.",
            count(plans, "plan")
        ));
    }
    said.extend(settings.iter().map(|what| {
        format!(
            "The setting for {what} cannot be read: the usual one applies until you change it in the \
             settings."
        )
    }));
    if lines > 0 {
        let kept = if lines == 1 { "It is" } else { "They are" };
        said.push(format!(
            "{} of Inbox and Activity cannot be read. {kept} kept in the file.",
            count(lines, "line")
        ));
    }
    said
}

fn named(runs: &[&str]) -> String {
    match runs {
        [most @ .., last] if runs.len() <= NAMED => format!("{} and {last}", most.join(", ")),
        _ => format!(
            "{} and {} more",
            runs[..NAMED].join(", "),
            runs.len() - NAMED
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(rows: impl IntoIterator<Item = UnreadableRow>) -> Vec<String> {
        let mut all = UnreadableRows::default();
        for row in rows {
            all.add(row);
        }
        unreadable(&all)
    }

    fn runs(ids: &[&str]) -> Vec<String> {
        said(ids.iter().map(|id| UnreadableRow::Run {
            account: "a".into(),
            run: (*id).into(),
        }))
    }

    #[test]
    fn where_all_can_be_read_nothing_is_said() {
        assert_eq!(said([]), [""; 0]);
    }

    #[test]
    fn a_run_that_cannot_be_read_is_named_with_what_to_do() {
        let one = "1 run of the history cannot be read and is not watched: pr-7. It is kept in the file; \
                   to watch it, add it again.";
        assert_eq!(runs(&["pr-7"]), [one]);
        let two = "2 runs of the history cannot be read and are not watched: pr-7 and pr-8. They are \
                   kept in the file; to watch them, add them again.";
        assert_eq!(runs(&["pr-7", "pr-8"]), [two]);
        let many = &runs(&["pr-1", "pr-2", "pr-3", "pr-4", "pr-5", "pr-6", "pr-7"])[0];
        assert!(
            many.contains(": pr-1, pr-2, pr-3, pr-4, pr-5 and 2 more. "),
            "{many}"
        );
    }

    #[test]
    fn accounts_and_lines_are_counted() {
        let account = "1 account of the history cannot be read, so its runs are not watched. It is kept \
                       in the file; to watch its runs, sign in again and add them.";
        assert_eq!(said([UnreadableRow::Account("a".into())]), [account]);
        let lines = ["told 1", "told 2"].map(|name| UnreadableRow::Line(name.into()));
        let two = "2 lines of Inbox and Activity cannot be read. They are kept in the file.";
        assert_eq!(said(lines), [two]);
    }
}
