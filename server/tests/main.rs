//! What the server promises, one module a promise; each starts the real thing on SQLite or PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

mod common;

mod access;
mod doors;
mod durability;
mod events;
mod fields;
mod files;
mod house;
mod imports;
mod input;
mod keys;
mod kill;
mod nodes;
mod outgoing;
mod outside;
mod own_replies;
mod panel;
mod readiness;
mod registry;
mod replies;
mod rest;
mod secrets;
mod select_api;
mod store;
