//! The watch loop: polls runs over ports, decides, commits and notifies.
