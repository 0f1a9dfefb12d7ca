//! The rules of the domain, as tables of what a resident would expect.

mod highlight;
