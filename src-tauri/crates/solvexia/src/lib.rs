//! A client of the SolveXia public API: tolerant on the wire, strict in its types.
