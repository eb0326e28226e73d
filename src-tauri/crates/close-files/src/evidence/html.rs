//! The page to print: the same tables, without a script and without anything from elsewhere.

use crate::table::Table;

const STYLE: &str = "body{font:10pt sans-serif}table{border-collapse:collapse;width:100%;margin-bottom:2em}\
    caption{text-align:left;font-weight:bold;padding:.4em 0}\
    th,td{border:1px solid #888;padding:.2em .4em;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
    thead{display:table-header-group}tr{break-inside:avoid}@page{size:A4 landscape;margin:12mm}";

pub(super) fn page(title: &str, tables: &[Table]) -> String {
    let title = escaped(title);
    let tables: String = tables.iter().map(table).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n{tables}</body></html>\n"
    )
}

fn table(table: &Table) -> String {
    let head: String = table.columns.iter().map(|name| cell("th", name)).collect();
    let row = |cells: &Vec<String>| {
        let cells: String = cells.iter().map(|text| cell("td", text)).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = match table.rows.is_empty() {
        true => format!(
            "<tr><td colspan=\"{}\">none</td></tr>\n",
            table.columns.len()
        ),
        false => table.rows.iter().map(row).collect(),
    };
    format!(
        "<table><caption>{}</caption><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>\n",
        escaped(table.name)
    )
}

fn cell(tag: &str, text: &str) -> String {
    format!("<{tag}>{}</{tag}>", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
