//! The page's types: all that the commands take and answer, and all that these are made of.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use crate::page_types::*;

struct Declarations<'a> {
    config: &'a Config,
    /// By name.
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // A type of TypeScript's own, or a list of another type, has no declaration.
        let is_declared = T::output_path().is_some();
        let name = T::ident(self.config);
        if is_declared && !self.found.contains_key(&name) {
            self.found.insert(name, T::decl(self.config));
            T::visit_dependencies(self);
        }
        T::visit_generics(self);
    }
}

/// Their declarations in TypeScript.
pub(crate) fn typescript(config: &Config) -> String {
    let mut all = Declarations {
        config,
        found: BTreeMap::new(),
    };
    // What a rejected call rejects with.
    all.visit::<AppError>();
    macro_rules! visit {
        ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
            $($(all.visit::<$type>();)* all.visit::<$answer>();)*
        };
    }
    with_commands!(visit);
    let export = |declaration: &String| format!("\nexport {declaration}\n");
    all.found.values().map(export).collect()
}
