use super::*;
use crate::close::test_support::{chain, draft, item, process};

#[test]
fn items_that_wait_for_each_other_are_refused_with_the_circle_named() {
    let items = vec![item(1, &[]), item(2, &[1, 4]), item(3, &[2]), item(4, &[3])];
    let error = Plan::new(draft(items)).unwrap_err();
    let PlanError::Circle(names) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(names.first(), names.last());
    assert_eq!(names.len(), 4, "{names:?}");
    assert!(!names.contains(&"Item 1".to_owned()));
    assert!(error.to_string().contains(" → "), "{error}");
    let itself = Plan::new(draft(vec![item(1, &[1])])).unwrap_err();
    assert_eq!(
        itself,
        PlanError::Circle(vec!["Item 1".into(), "Item 1".into()])
    );
}

#[test]
fn each_item_comes_after_what_it_waits_for_however_they_are_listed() {
    let items = vec![item(3, &[2, 1]), item(2, &[1]), item(1, &[])];
    let plan = Plan::new(draft(items)).unwrap();
    assert_eq!(plan.order(), [2, 1, 0]);
    assert_eq!(plan.before(0), [1, 2]);
}

#[test]
fn nothing_waits_for_an_optional_item() {
    let mut items = vec![item(1, &[]), item(2, &[1])];
    items[0].optional = true;
    let plan = Plan::new(draft(items.clone())).unwrap();
    assert!(plan.before(1).is_empty());
    items[1].optional = true;
    assert_eq!(Plan::new(draft(items)), Err(PlanError::NoItems));
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let refused = |change: fn(&mut PlanDraft)| {
        let mut draft = chain().draft().clone();
        change(&mut draft);
        Plan::new(draft).unwrap_err()
    };
    assert_eq!(refused(|draft| draft.name = "  ".into()), PlanError::NoName);
    let twice = refused(|draft| draft.items[1].process = process(1));
    assert_eq!(twice, PlanError::Twice("Item 2".into()));
    let missing = refused(|draft| draft.items[1].waits_for = vec![process(9)]);
    assert!(missing.to_string().contains("p-9"), "{missing}");
    let after = refused(|draft| {
        draft.items[1].waits_for.clear();
        draft.items[1].start = StartRule::AfterOthers;
    });
    assert_eq!(after, PlanError::AfterNothing("Item 2".into()));
    let estimate = refused(|draft| draft.items[2].estimate = Some(f64::NAN));
    assert_eq!(estimate, PlanError::NoLength("Item 3".into()));
    let many = refused(|draft| draft.items = (0..=MOST_ITEMS).map(|n| item(n, &[])).collect());
    assert_eq!(many, PlanError::TooManyItems(MOST_ITEMS + 1));
    assert_eq!(zone("Mars/Base"), Err(UnknownZone("Mars/Base".into())));
}
