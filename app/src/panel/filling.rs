//! The blanks of an inserted reply: which one is filled in now, and where the others have moved meanwhile.
//!
//! Places are UTF-16 units, as `selectionStart` counts.

use std::ops::Range;

use crate::sections::replies::template::Rendered;

/// A blank: every place that takes what is typed into the first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Blank {
    label: String,
    places: Vec<Range<usize>>,
}

/// The blanks that are left, the first of them being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filling {
    blanks: Vec<Blank>,
    /// Where the cursor goes at the end; the end of the reply if it names no place.
    end: usize,
}

impl Filling {
    /// The blanks of a reply inserted at `at`; none if it has neither blanks nor a place for the cursor.
    pub fn new(rendered: &Rendered, at: usize) -> Self {
        let moved = |range: &Range<usize>| range.start + at..range.end + at;
        let blanks = rendered
            .slots
            .iter()
            .map(|slot| Blank {
                label: slot.label.clone(),
                places: slot.ranges_utf16.iter().map(moved).collect(),
            })
            .collect();
        let end = rendered.cursor_utf16.unwrap_or_else(|| rendered.text.encode_utf16().count());
        Self { blanks, end: at + end }
    }

    /// What to fill in now; none when nothing is left.
    pub fn label(&self) -> Option<&str> {
        self.blanks.first().map(|blank| blank.label.as_str())
    }

    /// What to select now: the blank, or the place for the cursor.
    pub fn selection(&self) -> Range<usize> {
        self.blanks.first().and_then(|blank| blank.places.first().cloned()).unwrap_or(self.end..self.end)
    }

    /// The text has changed from `before` to `after`: every place moves along.
    pub fn typed(&mut self, before: &str, after: &str) {
        let (before, after): (Vec<u16>, Vec<u16>) =
            (before.encode_utf16().collect(), after.encode_utf16().collect());
        let same = |(one, other): &(&u16, &u16)| one == other;
        let start = before.iter().zip(&after).take_while(same).count();
        let rest = before.len().min(after.len()) - start;
        let tail = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(same).count();
        self.replaced(start..before.len() - tail, after.len() - tail - start);
    }

    /// `old` now holds `length` units.
    fn replaced(&mut self, old: Range<usize>, length: usize) {
        let shift =
            |place: usize| if place >= old.end { place - old.end + old.start + length } else { place };
        for blank in &mut self.blanks {
            for place in &mut blank.places {
                let inside = place.start <= old.start && old.end <= place.end;
                // Before a blank is not in it, unless the blank itself is being typed over.
                let before = old.end <= place.start && old.start < place.start;
                if before {
                    *place = shift(place.start)..shift(place.end);
                } else if inside {
                    place.end = place.end - (old.end - old.start) + length;
                } else if old.start < place.end {
                    // It was cut into: there is no blank any more.
                    *place = 0..0;
                }
            }
            blank.places.retain(|place| !place.is_empty() || old.start == place.start);
        }
        self.blanks.retain(|blank| !blank.places.is_empty());
        if self.end >= old.end {
            self.end = shift(self.end);
        } else if self.end > old.start {
            // It stood in what is gone.
            self.end = old.start + length;
        }
    }

    /// Goes on to the next blank: what was typed into this one stands in its other places too.
    pub fn advance(&mut self, text: &str) -> String {
        let mut units: Vec<u16> = text.encode_utf16().collect();
        if self.blanks.is_empty() {
            return text.to_owned();
        }
        let done = self.blanks.remove(0);
        let Some(first) = done.places.first().cloned() else { return text.to_owned() };
        let Some(typed) = units.get(first).map(<[u16]>::to_vec) else { return text.to_owned() };
        let mut others: Vec<_> =
            done.places.into_iter().skip(1).filter(|place| place.end <= units.len()).collect();
        // From the back, so that those still to come stay where they are.
        others.sort_by_key(|place| std::cmp::Reverse(place.start));
        for place in others {
            units.splice(place.clone(), typed.iter().copied());
            self.replaced(place, typed.len());
        }
        String::from_utf16_lossy(&units)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Filling;
    use crate::sections::replies::template::{Rendered, Template};

    fn rendered(template: &str) -> Rendered {
        Template::parse(template).render(&|_| None)
    }

    fn units(text: &str, range: std::ops::Range<usize>) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        String::from_utf16(&units[range]).unwrap_or_default()
    }

    /// Types `what` over the selection.
    fn type_over(filling: &mut Filling, text: &str, what: &str) -> String {
        let place = filling.selection();
        let all: Vec<u16> = text.encode_utf16().collect();
        let mut after = all[..place.start].to_vec();
        after.extend(what.encode_utf16());
        after.extend(&all[place.end..]);
        let after = String::from_utf16(&after).unwrap_or_default();
        filling.typed(text, &after);
        after
    }

    #[test]
    fn blanks_are_filled_one_after_the_other() {
        let made = rendered("🙂 Номер {{?номер}}, сума {{?сума}}. Повторю: {{?номер}}. {{|}} Дякую!");
        let mut filling = Filling::new(&made, 0);
        assert_eq!(filling.label(), Some("номер"));
        assert_eq!(units(&made.text, filling.selection()), "[номер]");
        let text = type_over(&mut filling, &made.text, "10245");
        let text = filling.advance(&text);
        assert_eq!(text, "🙂 Номер 10245, сума [сума]. Повторю: 10245.  Дякую!");
        assert_eq!((filling.label(), units(&text, filling.selection())), (Some("сума"), "[сума]".to_owned()));
        let text = type_over(&mut filling, &text, "90 грн");
        let text = filling.advance(&text);
        assert_eq!(text, "🙂 Номер 10245, сума 90 грн. Повторю: 10245.  Дякую!");
        assert_eq!(filling.label(), None);
        let end = filling.selection();
        assert_eq!(units(&text, 0..end.start), "🙂 Номер 10245, сума 90 грн. Повторю: 10245. ");
    }

    #[test]
    fn the_cursor_stays_before_what_is_filled_in_behind_it() {
        let made = rendered("{{?номер}}. {{|}}Повторю: {{?номер}}.");
        let mut filling = Filling::new(&made, 0);
        let text = type_over(&mut filling, &made.text, "10245");
        let text = filling.advance(&text);
        assert_eq!(text, "10245. Повторю: 10245.");
        assert_eq!(filling.selection(), 7..7);
    }

    #[test]
    fn places_move_with_what_is_typed_before_them() {
        let made = rendered("Номер {{?номер}}.");
        let mut filling = Filling::new(&made, 3);
        let text = ["ok ", &made.text].concat();
        let after = ["So, ok ", &made.text].concat();
        filling.typed(&text, &after);
        assert_eq!(units(&after, filling.selection()), "[номер]");
    }

    #[test]
    fn a_blank_that_is_cut_into_is_none() {
        let made = rendered("a {{?one}} b {{?two}}");
        let mut filling = Filling::new(&made, 0);
        filling.typed(&made.text, "a [oXtwo]");
        assert_eq!(filling.label(), None);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_places_stay_inside_the_text(
            template in "(a|б|🙂|[{][{][?](x|y)[}][}]| ){0,8}",
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[aб🙂]{0,3}"), 0..6),
        ) {
            let made = rendered(&template);
            let mut filling = Filling::new(&made, 0);
            let mut text = made.text;
            for (from, to, what) in edits {
                let letters: Vec<char> = text.chars().collect();
                let (from, to) = (from.index(letters.len() + 1), to.index(letters.len() + 1));
                let (from, to) = (from.min(to), from.max(to));
                let after: String =
                    letters[..from].iter().copied().chain(what.chars()).chain(letters[to..].iter().copied()).collect();
                filling.typed(&text, &after);
                text = filling.advance(&after);
                let length = text.encode_utf16().count();
                let place = filling.selection();
                prop_assert!(place.start <= place.end && place.end <= length, "{place:?} of {length} in {text:?}");
            }
        }
    }
}
