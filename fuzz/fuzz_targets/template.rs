//! Templates of replies: any text is parsed, checked and filled.
#![no_main]

use app::sections::replies::template::{Known, Template, escape};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(text) = fuzz::text(data) else { return };
    let template = Template::parse(text);
    template.check(&Known::default());
    template.variables();
    template.render(&|name| Some(name.to_owned()));
    let normal = template.normalised();
    assert_eq!(Template::parse(&normal).normalised(), normal, "a normalised text is normal");
    assert_eq!(Template::parse(&escape(text)).variables(), Vec::<&str>::new());
});
