//! The demo's processes and what their runs do.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::calendar::{closing_morning, month_end};
use super::ids::{DEMO_BUSY_PROCESS, DEMO_FILE};
use crate::model::seeds::{ProcessSeed, StepSeed};

/// A process of the demo.
pub struct Process {
    pub id: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub steps: fn(now: Timestamp) -> Vec<StepSeed>,
}

pub const BANK_RECONCILIATION: Process = Process {
    id: "p-10001",
    name: "Bank reconciliation",
    description: "Matches bank statements with the ledger.",
    steps: |now| {
        let mut first = step("1.1", "Import bank statements", 5.0);
        first.properties = inputs(now);
        let mut last = step("1.5", "Write reconciliation report", 3.0);
        last.properties = outputs();
        vec![
            first,
            step("1.2", "Import ledger balances", 3.0),
            step("1.3", "Refresh open items", 2.0).action(),
            step("1.4", "Match transactions", 6.0),
            last,
        ]
    },
};

pub const FX_REVALUATION: Process = Process {
    id: "p-10002",
    name: "FX revaluation",
    description: "Revalues foreign currency balances at the closing rate.",
    steps: |_| {
        vec![
            step("1.1", "Load closing rates", 4.0),
            step("1.2", "Revalue balances", 9.0),
            step("1.3", "Check movements", 5.0),
            step("1.4", "Post journal", 4.0),
        ]
    },
};

pub const INTERCOMPANY_MATCHING: Process = Process {
    id: "p-10003",
    name: "Intercompany matching",
    description: "Matches what group companies owe each other.",
    steps: |_| {
        vec![
            step("1.1", "Collect counterparty balances", 5.0),
            step("1.2", "Convert to group currency", 4.0),
            step("1.3", "Match pairs", 5.0),
            step("1.4", "Post eliminations", 5.0),
            step("1.5", "Write differences report", 4.0),
        ]
    },
};

pub const ACCRUALS: Process = Process {
    id: "p-10004",
    name: "Accruals and prepayments",
    description: "Calculates and posts accruals and prepayments.",
    steps: |_| {
        vec![
            step("1.1", "Read open purchase orders", 5.0),
            step("1.2", "Calculate accruals", 7.0),
            step("1.3", "Assign cost centres", 6.0),
            step("1.4", "Post journal", 5.0),
        ]
    },
};

pub const MANAGEMENT_PACK: Process = Process {
    id: "p-10005",
    name: "Management pack",
    description: "Builds the monthly pack for the management.",
    steps: |_| {
        let parts = [
            "Profit and loss",
            "Balance sheet",
            "Cash flow",
            "Working capital",
            "Headcount",
            "Capital expenditure",
            "Forecast",
            "Commentary",
            "Charts",
            "Assemble pack",
        ];
        let numbered = parts.iter().enumerate();
        numbered
            .map(|(index, part)| step(&format!("1.{}", index + 1), part, 4.0))
            .collect()
    },
};

pub const AP_AGEING: Process = Process {
    id: "p-10006",
    name: "AP ageing",
    description: "Sorts unpaid supplier invoices by age.",
    steps: |_| {
        vec![
            step("1.1", "Read supplier ledger", 6.0),
            step("1.2", "Sort into age bands", 5.0),
            step("2.1", "Compare with last month", 5.0),
            step("2.2", "Write ageing report", 4.0),
        ]
    },
};

pub const FIXED_ASSETS: Process = Process {
    id: "p-10007",
    name: "Fixed asset roll-forward",
    description: "Rolls the asset register forward and checks it with the ledger.",
    steps: |_| {
        vec![
            step("1.1", "Read asset register", 5.0),
            step("1.2", "Additions and disposals", 6.0),
            step("1.3", "Lock register", 2.0).action(),
            step("1.4", "Depreciation", 6.0),
            step("1.5", "Check with ledger", 5.0),
        ]
    },
};

pub const PAYROLL_JOURNAL: Process = Process {
    id: "p-10008",
    name: "Payroll journal",
    description: "Turns the payroll file into a journal.",
    steps: |_| {
        vec![
            step("1.1", "Import payroll file", 5.0),
            step("1.2", "Check control totals", 5.0),
            step("1.3", "Split by project", 5.0).disabled(),
            step("1.4", "Post journal", 6.0),
        ]
    },
};

pub const VAT_RETURN: Process = Process {
    id: "p-10009",
    name: "VAT return",
    description: "Collects what the VAT return needs.",
    steps: |_| {
        vec![
            step("1.1", "Read tax codes", 4.0),
            step("1.2", "Sum inputs and outputs", 8.0),
            step("1.3", "Check cross-border sales", 6.0),
            step("1.4", "Write return", 4.0),
        ]
    },
};

pub const CONSOLIDATION: Process = Process {
    id: "p-10010",
    name: "Consolidation",
    description: "Consolidates all entities of the group.",
    steps: |_| {
        vec![
            step("1.1", "Collect trial balances", 120.0),
            step("1.2", "Check trial balances", 90.0),
            step("1.3", "Translate currencies", 150.0),
            step("2.1", "Eliminate intercompany", 240.0),
            step("2.2", "Minority interests", 120.0),
            step("2.3", "Group statements", 180.0),
        ]
    },
};

pub const BANK_IMPORT: Process = Process {
    id: DEMO_BUSY_PROCESS,
    name: "Daily bank import",
    description: "Imports the statements of all banks.",
    steps: |_| {
        vec![
            step("1.1", "Fetch statements", 14.0),
            step("1.2", "Check file formats", 9.0),
            step("1.3", "Import transactions", 22.0),
            step("1.4", "Assign accounts", 15.0),
        ]
    },
};

pub const ALL: [Process; 11] = [
    BANK_RECONCILIATION,
    FX_REVALUATION,
    INTERCOMPANY_MATCHING,
    ACCRUALS,
    MANAGEMENT_PACK,
    AP_AGEING,
    FIXED_ASSETS,
    PAYROLL_JOURNAL,
    VAT_RETURN,
    CONSOLIDATION,
    BANK_IMPORT,
];

pub fn seeds(now: Timestamp) -> Vec<ProcessSeed> {
    ALL.iter()
        .map(|process| ProcessSeed {
            id: Some(process.id.to_owned()),
            name: process.name.to_owned(),
            description: process.description.to_owned(),
            date_created: Some(closing_morning(now, 18, 45)),
            steps: (process.steps)(now),
        })
        .collect()
}

fn step(order: &str, name: &str, seconds: f64) -> StepSeed {
    StepSeed::new(order, name, seconds)
}

/// One property of every type that SolveXia has.
fn inputs(now: Timestamp) -> Vec<Value> {
    let input = |name: &str, data_type: &str, rest: Value| property(name, data_type, "INPUT", rest);
    vec![
        input("Bank statements", "File", json!({ "file": DEMO_FILE })),
        input(
            "Period end",
            "Datepicker",
            json!({ "value": format!("{}T00:00:00.000", month_end(now)) }),
        ),
        input(
            "Bank",
            "Dropdown",
            json!({ "value": "All", "options": ["All", "EUR", "USD", "AUD"] }),
        ),
        input(
            "Include closed accounts",
            "CheckBox",
            json!({ "value": false }),
        ),
        input(
            "Note",
            "Text",
            json!({ "value": "Month-end", "foregroundColor": "#000000" }),
        ),
        input("Ledger", "String", json!({ "value": "GL01" })),
        input(
            "Largest difference",
            "Decimal",
            json!({ "value": 0.05, "decimalPoints": 2 }),
        ),
        input("Days back", "Number", json!({ "value": 31 })),
        input(
            "Run date",
            "SystemVariable",
            json!({ "variableType": "RunDate", "value": "" }),
        ),
    ]
}

fn outputs() -> Vec<Value> {
    vec![property(
        "Report",
        "File",
        "OUTPUT",
        json!({ "file": "f-30002" }),
    )]
}

fn property(name: &str, data_type: &str, flow: &str, rest: Value) -> Value {
    let mut property = json!({
        "name": name,
        "dataType": data_type,
        "required": flow == "INPUT",
        "visible": true,
        "informationFlowType": flow,
        "mouseoverText": "",
    });
    if let (Some(fields), Some(rest)) = (property.as_object_mut(), rest.as_object()) {
        fields.extend(rest.clone());
    }
    property
}
