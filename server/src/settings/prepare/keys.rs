//! The keys of records: asked for, or made of a name, and free in their section.

use app::problem::Problem;

use super::Work;

impl Work<'_> {
    /// A key that a caller asked for, if it is well formed and free.
    pub(super) fn free_key(&mut self, n: u32, section: &str, id: i64, key: &str) -> Option<String> {
        let key = key.trim();
        let refused = key.is_empty()
            || app::text::graphemes(key) > 64
            || key.chars().all(|c| c.is_ascii_digit())
            || key.chars().any(|c| c.is_whitespace() || c.is_control() || c == '/');
        if refused {
            self.found.push((n, Problem::error("/key", "bad_key")));
            return None;
        }
        let taken = self.next.shelf(section)?.by_key(key).is_some_and(|held| held.id != id);
        if taken {
            self.found.push((n, Problem::error("/key", "key_taken").with("key", key)));
            return None;
        }
        Some(key.to_owned())
    }

    /// A free key made of a record's own name: its slug, with a number behind it when that is taken.
    pub(super) fn make_key(&self, section: &str, id: i64, name: &str) -> String {
        if section == "users" {
            return self.make_email_key(id, name);
        }
        let slug = app::text::slug(name);
        let base =
            if slug.is_empty() || slug.chars().all(|c| c.is_ascii_digit()) { format!("r{id}") } else { slug };
        self.numbered(section, id, &base)
    }

    /// The key of a user: the e-mail. One that another user holds is reported as not unique, so here it only must not
    /// break the store.
    pub(super) fn make_email_key(&self, id: i64, email: &str) -> String {
        self.numbered("users", id, email)
    }

    fn numbered(&self, section: &str, id: i64, base: &str) -> String {
        let Some(shelf) = self.next.shelf(section) else { return base.to_owned() };
        let free = |key: &str| shelf.by_key(key).is_none_or(|held| held.id == id);
        if free(base) {
            return base.to_owned();
        }
        // One of the first so many is free: a shelf holds no more records than that.
        let numbers = 2..=shelf.live() + shelf.archived() + 2;
        numbers.map(|n| format!("{base}-{n}")).find(|key| free(key)).unwrap_or_else(|| base.to_owned())
    }
}
