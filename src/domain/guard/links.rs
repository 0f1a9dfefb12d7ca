//! Addresses of the net: e-mail, web, computers.

use std::ops::Range;

use super::line::{Line, Shape};
use super::{Finding, Kind, Severity};

pub fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    for i in 0..line.len() {
        // Every address is of several tokens without a space.
        if !line.glued(i + 1) {
            continue;
        }
        if let Some(tokens) = mail(line, i) {
            found.push(Finding::new(
                line.range(tokens),
                Kind::Email,
                Severity::High,
                "[e-mail]",
            ));
        }
        if let Some(tokens) = web(line, i) {
            let severity = web_severity(line.slice(line.range(tokens.clone())));
            found.push(Finding::new(
                line.range(tokens),
                Kind::Url,
                severity,
                "[link]",
            ));
        }
        if let Some(tokens) = computer(line, i) {
            found.push(Finding::new(
                line.range(tokens),
                Kind::Ip,
                Severity::Medium,
                "[network address]",
            ));
        }
    }
}

fn is_word(line: &Line<'_>, i: usize) -> bool {
    line.is_letters(i) || line.is_digits(i)
}

/// `casimir.v@example.org`, found from its `@`.
fn mail(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if !line.mark(i, '@') || !line.glued(i) || !line.glued(i + 1) {
        return None;
    }
    let mut start = i;
    loop {
        let before = start.wrapping_sub(1);
        let part = is_word(line, before) || line.any_mark(before, &['.', '+', '-', '_', '\'']);
        if !part {
            break;
        }
        start = before;
        if !line.glued(start) {
            break;
        }
    }
    while start < i && !is_word(line, start) {
        start += 1;
    }
    let (end, dots) = host(line, i + 1)?;
    (start < i && dots > 0).then_some(start..end)
}

/// Labels joined by dots and hyphens, the last of two letters or more: the token behind, and how
/// many dots.
fn host(line: &Line<'_>, i: usize) -> Option<(usize, usize)> {
    let mut end = i;
    let mut dots = 0;
    while is_word(line, end) && (end == i || line.glued(end)) {
        end += 1;
        let joint = line.any_mark(end, &['.', '-', '_']) && line.glued(end) && line.glued(end + 1);
        if joint && is_word(line, end + 1) {
            dots += usize::from(line.mark(end, '.'));
            end += 1;
        }
    }
    let last = end.wrapping_sub(1);
    (end > i && line.is_letters(last) && line.str(last).len() >= 2).then_some((end, dots))
}

/// `https://...`, `www...`, `host.tld/path`: up to white space, less closing punctuation.
fn web(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    const ENDINGS: [&str; 14] = [
        "com", "org", "net", "edu", "gov", "uk", "ca", "ie", "au", "io", "info", "health",
        "example", "nz",
    ];
    if !line.is_letters(i)
        || line.glued(i) && !line.any_mark(i.wrapping_sub(1), &['(', '<', '"', ':', '['])
    {
        return None;
    }
    let scheme = line.any_word(i, &["http", "https", "ftp"])
        && line.mark(i + 1, ':')
        && line.mark(i + 2, '/')
        && line.mark(i + 3, '/');
    let (_, dots) = if scheme { (i + 4, 1) } else { host(line, i)? };
    let www = line.word(i, "www") && line.mark(i + 1, '.') && dots > 1;
    let mut end = i;
    while end < line.len() && (end == i || line.glued(end)) {
        end += 1;
    }
    while end > i && matches!(line.shape(end - 1), Shape::Mark(mark) if mark != '/') {
        end -= 1;
    }
    let pathed = !scheme && !www && dots > 0 && {
        let (host_end, _) = host(line, i)?;
        line.any_word(host_end.wrapping_sub(1), &ENDINGS)
            && line.mark(host_end, '/')
            && line.glued(host_end)
            && line.glued(host_end + 1)
    };
    (scheme && end > i + 4 || www || pathed).then_some(i..end)
}

/// A public page names nobody.
fn web_severity(address: &str) -> Severity {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let public = [".org", ".gov", ".edu", ".nhs.uk", ".ac.uk", ".gov.uk"];
    let is_public = public
        .iter()
        .any(|ending| host.to_ascii_lowercase().ends_with(ending));
    if is_public && !path.contains(|c: char| c.is_ascii_digit()) && !path.contains(['?', '@']) {
        Severity::Low
    } else {
        Severity::Medium
    }
}

fn computer(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    four_octets(line, i).or_else(|| groups_of_hex(line, i))
}

/// `10.20.30.40`, not a version: no "v" before it, no fifth part.
fn four_octets(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let quad = (0..4).all(|n| {
        line.number(i + 2 * n).is_some_and(|octet| octet <= 255) && line.digits(i + 2 * n) <= 3
    }) && (0..3).all(|n| line.mark(i + 2 * n + 1, '.'))
        && (1..7).all(|n| line.glued(i + n));
    let more = line.glued(i + 7) && (line.is_digits(i + 8) || line.is_letters(i + 7));
    let before = i.wrapping_sub(1);
    let version = line.any_word(
        before,
        &[
            "v", "version", "ver", "release", "build", "update", "firmware",
        ],
    ) || line.any_word(before.wrapping_sub(1), &["version", "v"])
        && !line.glued(before);
    let joined = line.glued(i) && !line.any_mark(before, &['(', '/', ':', '=', '[']);
    (quad && !more && !version && !joined).then_some(i..i + 7)
}

/// Groups of hexadecimal digits: seven colons, or a double one.
fn groups_of_hex(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if line.glued(i) && !line.any_mark(i.wrapping_sub(1), &['(', '[', '=']) {
        return None;
    }
    let mut end = i;
    let mut colons = 0;
    let mut double = false;
    let mut digit = false;
    while end < line.len() && (end == i || line.glued(end)) {
        if line.mark(end, ':') {
            double |= line.mark(end + 1, ':') && line.glued(end + 1);
            colons += 1;
        } else if is_word(line, end) && line.str(end).bytes().all(|b| b.is_ascii_hexdigit()) {
            digit |= line.is_digits(end);
        } else {
            break;
        }
        end += 1;
    }
    while end > i && line.mark(end - 1, ':') {
        end -= 1;
        colons -= 1;
    }
    let closed = !(line.glued(end) && is_word(line, end));
    (closed && digit && (colons == 7 || double && colons >= 3)).then_some(i..end)
}
