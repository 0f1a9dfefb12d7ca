#![doc = include_str!("ARCHITECTURE.md")]

pub mod domain;

pub mod store;

pub mod journal;

pub mod exchange;

pub mod config;

pub mod tui;

pub mod cli;
