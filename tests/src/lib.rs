//! Contract, acceptance and end-to-end tests of the whole app.
