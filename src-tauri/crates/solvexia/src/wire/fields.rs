//! One JSON object, read field by field in all its spellings.

use jiff::Timestamp;
use runwatch_core::names;
use runwatch_core::step_order::StepOrder;
use serde_json::Value;
use serde_json::value::RawValue;

use super::dates;
use super::find_field::{Field, find_field, first_fields};
use super::json_body::Unreadable;

const LONGEST_NAME: usize = 500;
const LONGEST_MESSAGE: usize = 10_000;
const LONGEST_STATUS: usize = 60;
/// Bytes of a field that is looked at; more than any answer about one thing may have
/// (`transport/limits.rs`).
const LARGEST_FIELD: usize = 1024 * 1024;

/// The fields of an object, as they stand in the body. Unlike with a derived type, a field of an odd type
/// counts as missing.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    object: &'a RawValue,
    first: Vec<Field<'a>>,
    /// There are no others than the first.
    is_all: bool,
}

impl<'a> Fields<'a> {
    /// The fields of `value`, which must be an object.
    pub fn of(value: &'a RawValue) -> Result<Self, Unreadable> {
        if !value.get().starts_with('{') {
            return Err(Unreadable::NotThis("it has another form than expected"));
        }
        let (first, is_all) = first_fields(value).map_err(|_| Unreadable::NotJson)?;
        Ok(Self {
            object: value,
            first,
            is_all,
        })
    }

    /// What stands in a field; none where that is a list or an object.
    fn value(&self, field: &str) -> Option<Value> {
        // Of two of the same name the last one counts.
        let raw = match self.is_all {
            true => self.first.iter().rfind(|(name, _)| name == field)?.1,
            false => find_field(self.object, field).ok()??,
        };
        let raw = raw.get();
        let is_plain = !raw.starts_with(['{', '[']) && raw.len() <= LARGEST_FIELD;
        is_plain.then(|| serde_json::from_str(raw).ok()).flatten()
    }

    /// A text as it was sent.
    pub fn text(&self, field: &str) -> Option<String> {
        match self.value(field)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Fails where the object has another id than the requested one. One without an id is accepted.
    pub fn must_have_id(
        &self,
        requested: &str,
        is_requested: impl FnOnce(&str) -> bool,
    ) -> Result<(), Unreadable> {
        match self.id("id") {
            Some(named) if !is_requested(&named) => Err(Unreadable::other_id(requested, &named)),
            _ => Ok(()),
        }
    }

    /// An id as it was sent; none where it is missing, null, empty or not text.
    pub fn id(&self, field: &str) -> Option<String> {
        let text = self.text(field)?.trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// A text of one line; none where nothing of it can be seen.
    pub fn name(&self, field: &str) -> Option<String> {
        names::line(&self.text_or_number(field)?, LONGEST_NAME)
    }

    /// A text of several lines; none where nothing of it can be seen.
    pub fn message(&self, field: &str) -> Option<String> {
        names::lines(&self.text_or_number(field)?, LONGEST_MESSAGE)
    }

    fn text_or_number(&self, field: &str) -> Option<String> {
        match self.value(field)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A date.
    pub fn date(&self, field: &str) -> Option<Timestamp> {
        dates::read(&self.text(field)?)
    }

    /// Whether a date is there, and says in which zone it is.
    pub fn names_zone(&self, field: &str) -> bool {
        self.text(field)
            .is_some_and(|text| dates::names_zone(&text))
    }

    /// A number, or a text that is one.
    pub fn number(&self, field: &str) -> Option<f64> {
        match self.value(field)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// SolveXia's own duration, under either of its names.
    pub fn duration(&self) -> Option<f64> {
        ["runDurationInSeconds", "runDurationInSec"]
            .iter()
            .find_map(|field| self.number(field))
            .filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
    }

    /// A step's order number, under either of its names.
    pub fn order(&self) -> Option<StepOrder> {
        ["stepOrder", "orderedName"].iter().find_map(|field| {
            let place = self.name(field)?;
            StepOrder::parse(&place)
        })
    }

    /// Whether a step is enabled. Anything but a clear "false" means enabled, because a disabled step
    /// does not count for the outcome.
    pub fn enabled(&self) -> bool {
        match self.value("isEnabled") {
            Some(Value::Bool(enabled)) => enabled,
            Some(Value::String(text)) => !text.trim().eq_ignore_ascii_case("false"),
            _ => true,
        }
    }

    /// The status: a word, a number, or a number as text. Without one the body is unreadable.
    pub fn status<S>(
        &self,
        from_word: impl FnOnce(&str) -> S,
        from_number: impl FnOnce(i64) -> S,
    ) -> Result<S, Unreadable> {
        let spelt = self
            .text_or_number("status")
            .and_then(|word| names::line(&word, LONGEST_STATUS))
            .ok_or(Unreadable::NotThis("it holds no status"))?;
        Ok(match whole(&spelt) {
            Some(number) => from_number(number),
            None => from_word(&spelt),
        })
    }
}

/// `4` and `4.0` are the same status.
fn whole(text: &str) -> Option<i64> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use runwatch_core::status::RunStatus;
    use serde_json::json;

    /// The fields of an object that a test has no more use for.
    fn fields(value: Value) -> Fields<'static> {
        let raw = Box::leak(serde_json::value::to_raw_value(&value).unwrap());
        Fields::of(raw).unwrap()
    }

    #[test]
    fn a_duration_has_two_names_and_may_be_a_text() {
        for value in [
            json!({"runDurationInSeconds": 48}),
            json!({"runDurationInSec": 48.0}),
            json!({"runDurationInSec": " 48 "}),
            json!({"runDurationInSeconds": null, "runDurationInSec": 48}),
        ] {
            assert_eq!(fields(value.clone()).duration(), Some(48.0), "{value}");
        }
    }

    #[test]
    fn a_duration_that_cannot_be_is_none() {
        for value in [
            json!(null),
            json!(-1),
            json!("NaN"),
            json!("inf"),
            json!("soon"),
            json!([1]),
            json!(""),
        ] {
            let found = fields(json!({"runDurationInSeconds": value})).duration();
            assert_eq!(found, None, "{value}");
        }
    }

    #[test]
    fn a_status_is_a_word_a_number_or_a_number_in_a_text() {
        let status = |value: Value| {
            fields(json!({"status": value})).status(RunStatus::from_word, RunStatus::from_number)
        };
        for finished in [
            json!("Finished"),
            json!(" finished "),
            json!(4),
            json!("4"),
            json!(4.0),
        ] {
            assert_eq!(
                status(finished.clone()),
                Ok(RunStatus::Finished),
                "{finished}"
            );
        }
        assert_eq!(
            status(json!("Paused")),
            Ok(RunStatus::Unknown("Paused".into()))
        );
        assert_eq!(status(json!(99)), Ok(RunStatus::Unknown("99".into())));
        for none in [json!(null), json!(""), json!(" "), json!(true), json!({})] {
            assert!(status(none.clone()).is_err(), "{none}");
        }
    }

    #[test]
    fn a_step_is_enabled_unless_it_clearly_is_not() {
        for value in [json!(true), json!(null), json!(1), json!("yes"), json!([])] {
            assert!(fields(json!({"isEnabled": value})).enabled(), "{value}");
        }
        assert!(fields(json!({})).enabled());
        assert!(!fields(json!({"isEnabled": false})).enabled());
        assert!(!fields(json!({"isEnabled": "False"})).enabled());
    }

    #[test]
    fn a_place_has_two_names() {
        for value in [
            json!({"stepOrder": "1.10"}),
            json!({"orderedName": "1.10"}),
            json!({"stepOrder": "", "orderedName": "1.10"}),
        ] {
            let place = fields(value).order().map(|place| place.to_string());
            assert_eq!(place.as_deref(), Some("1.10"));
        }
        assert_eq!(fields(json!({"stepOrder": "first"})).order(), None);
    }

    #[test]
    fn of_a_field_that_comes_twice_the_last_one_counts_and_what_is_nested_is_not_read() {
        let body = r#"{"status":"Running","more":{"status":"Failed"},"status":"Finished"}"#;
        let body = serde_json::from_str(body).unwrap();
        let status = Fields::of(body).unwrap().text("status");
        assert_eq!(status.as_deref(), Some("Finished"));
    }

    #[test]
    fn a_field_is_read_however_many_others_there_are() {
        let others: Vec<String> = (0..200).map(|n| format!(r#""x{n}":{n}"#)).collect();
        let others = others.join(",");
        let status = |body: &str| {
            let body = serde_json::from_str(body).unwrap();
            Fields::of(body).unwrap().text("status")
        };
        for body in [
            format!(r#"{{{others},"status":"Finished"}}"#),
            format!(r#"{{"status":"Running",{others},"st\u0061tus":"Finished"}}"#),
        ] {
            assert_eq!(status(&body).as_deref(), Some("Finished"));
        }
        assert_eq!(status(&format!("{{{others}}}")), None);
    }
}
