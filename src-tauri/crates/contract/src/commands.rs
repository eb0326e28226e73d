//! The page's typed calls, from the list of commands.

use ts_rs::{Config, TS};

use crate::page_types::*;

/// One command as the page calls it.
struct Call {
    name: &'static str,
    doc: String,
    arguments: Vec<(String, String)>,
    answer: String,
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut text, word| {
        let (head, tail) = word.split_at(1.min(word.len()));
        text.push_str(&head.to_uppercase());
        text.push_str(tail);
        text
    })
}

impl Call {
    fn signature(&self) -> String {
        let argument = |(name, kind): &(String, String)| format!("{name}: {kind}");
        let arguments: Vec<String> = self.arguments.iter().map(argument).collect();
        let name = camel_case(self.name);
        let (arguments, answer) = (arguments.join(", "), &self.answer);
        format!(
            "  /** {} */\n  {name}({arguments}): Promise<{answer}>;\n",
            self.doc
        )
    }

    fn call(&self) -> String {
        let names: Vec<&str> = self.arguments.iter().map(|(name, _)| &**name).collect();
        let (name, command, names) = (camel_case(self.name), self.name, names.join(", "));
        match names.as_str() {
            "" => format!("    {name}: () => call('{command}', {{}}),\n"),
            _ => format!("    {name}: ({names}) => call('{command}', {{ {names} }}),\n"),
        }
    }
}

fn argument_type(rust: &str, name: String) -> String {
    match rust.starts_with("Channel") {
        true => format!("(message: {name}) => void"),
        false => name,
    }
}

/// No answer is `null` in JSON, and nothing in TypeScript.
fn answer_type(name: String) -> String {
    match name.as_str() {
        "null" => "void".to_owned(),
        _ => name,
    }
}

/// The calls as they must stand in `ui/src/generated/contract.ts`.
pub(crate) fn typescript(config: &Config) -> String {
    macro_rules! calls {
        ($($(#[doc = $doc:literal])* $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
            vec![$(Call {
                name: stringify!($name),
                doc: [$($doc.trim()),*].join(" "),
                arguments: vec![$((
                    camel_case(stringify!($argument)),
                    argument_type(stringify!($type), <$type as TS>::name(config)),
                )),*],
                answer: answer_type(<$answer as TS>::name(config)),
            }),*]
        };
    }
    let calls: Vec<Call> = with_commands!(calls);
    let signatures: String = calls.iter().map(Call::signature).collect();
    let bodies: String = calls.iter().map(Call::call).collect();
    format!(
        "\n/** Every command of the backend. A rejected call rejects with an `AppError`. */\n\
         export interface Commands {{\n{signatures}}}\n\n\
         /** The commands by one way of calling the backend. */\n\
         export function commandsBy(\n  \
           call: <T>(command: string, args: Record<string, unknown>) => Promise<T>,\n\
         ): Commands {{\n  return {{\n{bodies}  }};\n}}\n"
    )
}
