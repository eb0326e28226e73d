//! What crosses between the backend and the page: types, error codes, generated TypeScript.
