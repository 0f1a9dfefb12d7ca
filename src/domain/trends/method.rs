//! How the figures are made, in words for the people who read them.

/// Paragraphs.
pub const PARAGRAPHS: &[&str] = &[
    "Everything is counted by shift date, experiments by the day they were settled. Reviews, the \
     beginning and the end of a rotation and talks with a mentor are no shifts.",
    "Every figure says how many entries it stands on (n). A median is shown from 10 entries on, words \
     are compared from 10 reflections on either side: below that the numbers stand for themselves.",
    "Words and tags are compared with as many days right before the range, at least eight weeks. The \
     method is the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn \
     2008). A reflection counts once for a word, forms of a word count together, words such as \"the\" \
     are left out. What is shown stands in at least 5 reflections and differs by 1.96 standard deviations \
     or more. It says what you write about, not why.",
];
