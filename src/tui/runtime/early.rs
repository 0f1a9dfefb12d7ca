//! What is typed before the journal says whether it needs its passphrase, as on a disk that wakes
//! slowly: it may be that, and must not be taken for commands or for a text.

use crate::tui::effect::RequestId;
use crate::tui::message::{Message, Reply};

/// Holds what is typed back until the journal has said so.
pub struct Early(Option<Vec<Message>>);

impl Default for Early {
    fn default() -> Self {
        Self(Some(Vec::new()))
    }
}

impl Early {
    /// What is to be dealt with now that this happened.
    pub fn in_order(&mut self, message: Message) -> Vec<Message> {
        let is_typed = matches!(message, Message::KeyPressed(_) | Message::Pasted(_));
        let is_known = matches!(
            message,
            Message::JournalLocked | Message::Replied(RequestId(0), Reply::Opened { .. })
        );
        match &mut self.0 {
            Some(held) if is_typed => {
                held.push(message);
                Vec::new()
            }
            Some(_) if is_known => {
                let mut now = vec![message];
                now.extend(self.0.take().unwrap_or_default());
                now
            }
            Some(_) | None => vec![message],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is dealt with: texts, and news.
    fn dealt_with(early: &mut Early, message: Message) -> String {
        let now = early.in_order(message);
        let name = |message: &Message| {
            if let Message::Pasted(text) = message {
                text.to_string()
            } else {
                "news ".to_owned()
            }
        };
        now.iter().map(name).collect()
    }

    #[test]
    fn what_is_typed_early_comes_after_the_news_whether_the_journal_is_locked() {
        let opened = Reply::Opened {
            warning: None,
            has_passphrase: false,
        };
        for news in [
            Message::JournalLocked,
            Message::Replied(RequestId(0), opened),
        ] {
            let mut early = Early::default();
            let typed = |text: &str| Message::Pasted(text.into());
            assert_eq!(dealt_with(&mut early, typed("four ")), "");
            assert_eq!(dealt_with(&mut early, Message::FocusGained), "news ");
            assert_eq!(dealt_with(&mut early, typed("words")), "");
            assert_eq!(dealt_with(&mut early, news), "news four words");
            assert_eq!(dealt_with(&mut early, typed("x")), "x");
        }
    }
}
