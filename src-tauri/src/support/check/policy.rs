//! What the organisation's IT set on this computer.

use runwatch_core::policy::Policy;
use runwatch_core::words;

use crate::support::check::report::{Line, ok, warning};

/// A line for each setting, and one for each that cannot be read.
pub fn check(policy: &Policy) -> Vec<Line> {
    let set = words::policy::lines(policy).into_iter();
    let mut lines: Vec<Line> = set.map(|words| ok(format!("Policy, {words}"))).collect();
    let problems = policy.problems.iter();
    lines.extend(problems.map(|words| warning(format!("Policy: {words}"))));
    if lines.is_empty() {
        lines.push(ok("Policy: IT has set nothing"));
    }
    lines
}
