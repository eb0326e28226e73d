//! Ids, statuses and the pure decisions of Runwatch, with the ports that adapters fill.
