//! The template language by table and by property.

use super::*;
use proptest::prelude::*;

const KNOWN: Known<'_> = Known { extra: &["tariff", "birthday"], any_extra: false };

/// Codes with the text they underline.
fn problems(text: &str) -> Vec<(&'static str, &str)> {
    check(text, &KNOWN).into_iter().map(|problem| (problem.code, &text[problem.span])).collect()
}

fn kinds(text: &str) -> Vec<PartKind<'_>> {
    Template::parse(text).parts.into_iter().map(|part| part.kind).collect()
}

fn plain(text: &str) -> PartKind<'_> {
    PartKind::Text(text.into())
}

fn variable<'a>(name: &'a str, fallback: Option<&'a str>) -> PartKind<'a> {
    PartKind::Variable { name, fallback }
}

/// Renders with `client.first_name` Олена, `dialog.id` 7, a blank `client.email` and nothing else.
fn rendered(text: &str) -> Rendered {
    Template::parse(text).render(&|name| match name {
        "client.first_name" => Some("Олена".to_owned()),
        "dialog.id" => Some("7".to_owned()),
        "client.email" => Some(" ".to_owned()),
        _ => None,
    })
}

#[test]
fn tags_are_read() {
    let table = [
        ("", vec![]),
        ("Вітаю!", vec![plain("Вітаю!")]),
        ("a { b } c }} d", vec![plain("a { b } c }} d")]),
        ("{{bot.name}}", vec![variable("bot.name", None)]),
        ("{{ bot.name\t|  бот підтримки }}", vec![variable("bot.name", Some("бот підтримки"))]),
        ("{{bot.name}}}", vec![variable("bot.name", None), plain("}")]),
        ("{{?номер   замовлення }}", vec![PartKind::Slot { label: "номер замовлення".into() }]),
        ("{{ ? order number }}", vec![PartKind::Slot { label: "order number".into() }]),
        ("Добрий день{{ | }}.", vec![plain("Добрий день"), PartKind::Cursor, plain(".")]),
    ];
    for (text, expected) in table {
        assert_eq!(kinds(text), expected, "{text:?}");
    }
}

#[test]
fn backslashes_count_only_before_a_brace() {
    let table = [
        (r"C:\temp\\x \n \", vec![plain(r"C:\temp\\x \n \")]),
        (r"\{{bot.name}}", vec![plain("{{bot.name}}")]),
        (r"\\{{bot.name}}", vec![plain(r"\"), variable("bot.name", None)]),
        (r"\\\{{bot.name}}", vec![plain(r"\{{bot.name}}")]),
        (r"\{{{bot.name}}}", vec![plain("{"), variable("bot.name", None), plain("}")]),
        (r"\{\{{{bot.name}}", vec![plain("{{"), variable("bot.name", None)]),
        (r"\{one\\{two", vec![plain(r"{one\{two")]),
        (r"{{bot.name}}\}}", vec![variable("bot.name", None), plain(r"\}}")]),
    ];
    for (text, expected) in table {
        assert_eq!(kinds(text), expected, "{text:?}");
        assert_eq!(problems(text), [], "{text:?}");
    }
}

#[test]
fn every_problem_is_found_at_its_place() {
    let table: [(&str, &[(&str, &str)]); 22] = [
        ("Вітаю, {{client.first_name!", &[("tag_unclosed", "{{client.first_name!")]),
        ("{{bot.name\n}} {{", &[("tag_unclosed", "{{bot.name"), ("tag_unclosed", "{{")]),
        ("{{bot {{bot.name}} {{oops}}", &[("tag_unclosed", "{{bot "), ("variable_unknown", "oops")]),
        ("{{a {{b {{bot.name}} }}", &[("tag_unclosed", "{{a "), ("tag_unclosed", "{{b ")]),
        (r"{{bot \{{{bot.name}}", &[("tag_unclosed", r"{{bot \{")]),
        ("{{a {{bot.name}} }}", &[("tag_nested", "{{a {{bot.name}} }}")]),
        ("{{{bot.name}}}", &[("tag_nested", "{{{bot.name}}")]),
        ("{{{{bot.name}}}}", &[("tag_nested", "{{{{bot.name}}}}")]),
        ("{{bot.name|a}b}}", &[("tag_nested", "{{bot.name|a}b}}")]),
        ("{{?a{b}}", &[("tag_nested", "{{?a{b}}")]),
        ("{{}}{{  }}", &[("tag_empty", "{{}}"), ("tag_empty", "{{  }}")]),
        ("{{ bot.nmae }}", &[("variable_unknown", "bot.nmae")]),
        ("{{client.extra.tariff}} {{client.extra.city}}", &[("variable_unknown", "client.extra.city")]),
        (
            "{{client.extra.}} {{client.extra}}",
            &[("variable_unknown", "client.extra."), ("variable_unknown", "client.extra")],
        ),
        ("{{client first_name}}", &[("variable_unknown", "client first_name")]),
        ("{{|клієнте}}", &[("variable_unnamed", "{{|клієнте}}")]),
        ("{{bot.name|}}", &[("fallback_empty", "|")]),
        ("{{ oops | a|b }}", &[("variable_unknown", "oops"), ("fallback_twice", "| a|b ")]),
        ("{{?}} {{? }}", &[("slot_unnamed", "{{?}}"), ("slot_unnamed", "{{? }}")]),
        ("{{?номер|0}}", &[("slot_fallback", "{{?номер|0}}")]),
        ("{{|}}a{{|}}b{{ | }}", &[("cursor_twice", "{{|}}"), ("cursor_twice", "{{ | }}")]),
        ("{{||}}", &[("variable_unnamed", "{{||}}")]),
    ];
    for (text, expected) in table {
        assert_eq!(problems(text), expected, "{text:?}");
    }
}

#[test]
fn places_are_lines_and_grapheme_columns() {
    let found = check("👩‍💻 {{a.b}}\nї {{bot.name}}{{x\r\n\n  {{ y.z }}", &KNOWN);
    let places: Vec<_> = found.iter().map(|problem| (problem.code, problem.line, problem.column)).collect();
    assert_eq!(places, [("variable_unknown", 1, 5), ("tag_unclosed", 2, 15), ("variable_unknown", 4, 6)]);
}

#[test]
fn the_nearest_known_name_is_offered() {
    let table = [
        ("clinet.first_name", Some("client.first_name")),
        ("client.firstName", Some("client.first_name")),
        ("сlіеnt.еmаіl", Some("client.email")),
        ("client.name", Some("client.first_name")),
        ("signature", Some("operator.signature")),
        ("agent.signatura", Some("operator.signature")),
        ("client.extra.tarif", Some("client.extra.tariff")),
        ("tariff", Some("client.extra.tariff")),
        ("weather.kyiv", None),
        (".", None),
    ];
    for (name, expected) in table {
        let text = format!("{{{{{name}}}}}");
        let found = check(&text, &KNOWN);
        let nearest = found[0].params.get("nearest").and_then(Value::as_str);
        assert_eq!(nearest, expected, "{name:?}");
        assert_eq!(found[0].params["name"], name);
    }
}

#[test]
fn the_normal_form_has_nothing_needless() {
    let table = [
        ("{{  bot.name }} {{bot.name | бот }}", "{{bot.name}} {{bot.name|бот}}"),
        ("{{ ?  a \t b}}{{ | }}", "{{?a b}}{{|}}"),
        (r"\{a} \{{b}} \{\{", r"{a} \{{b}} \{{"),
        (r"\\{a} \\\{", r"\\{a} \\{"),
        ("{{ | }}{{ | }} {{bot", "{{|}}{{ | }} {{bot"),
    ];
    for (text, expected) in table {
        assert_eq!(Template::parse(text).normalised(), expected, "{text:?}");
    }
}

#[test]
fn values_and_fallbacks_are_filled_in() {
    let table = [
        ("Вітаю, {{client.first_name}}!", "Вітаю, Олена!", vec![]),
        ("Вітаю, {{client.last_name|клієнте}}!", "Вітаю, клієнте!", vec![]),
        ("{{client.email|пошта}} {{dialog.id|?}}", "пошта 7", vec![]),
        (r"\{{client.first_name}} {{ броня", "{{client.first_name}} {{ броня", vec![]),
        ("{{bot.name}}{{bot.name}}", "", vec!["bot.name"]),
        ("{{client.email}}{{client.last_name|}}", "", vec!["client.email"]),
    ];
    for (text, expected, missing) in table {
        let rendered = rendered(text);
        assert_eq!(
            (rendered.text.as_str(), rendered.missing),
            (expected, missing.into_iter().map(str::to_owned).collect()),
            "{text:?}"
        );
    }
}

#[test]
fn what_an_empty_variable_leaves_behind_is_mended() {
    let table = [
        ("Шановна {{bot.name}} пані", "Шановна пані"),
        ("Шановний {{bot.name}} {{ticket.id}} клієнте", "Шановний клієнте"),
        ("Шановний {{bot.name}} {{client.first_name}}!", "Шановний Олена!"),
        ("Вітаю, {{bot.name}}!", "Вітаю!"),
        ("Вітаю {{bot.name}}, слухаю", "Вітаю, слухаю"),
        ("Вітаю, {{bot.name}}, слухаю", "Вітаю, слухаю"),
        ("{{bot.name}}, вітаю", "вітаю"),
        ("Так\n{{bot.name}}! Вітаю", "Так\nВітаю"),
        ("Вітаю, {{bot.name}}\nСлухаю", "Вітаю,\nСлухаю"),
        ("Дякую, {{bot.name}}", "Дякую"),
        ("№{{ticket.id}} .", "№ ."),
        ("два  пробіли , як є {{dialog.id}} !", "два  пробіли , як є 7 !"),
        ("Вітаю, {{bot.name}}{{|}}!", "Вітаю, !"),
        ("Вітаю, {{|}}{{bot.name}}!", "Вітаю, !"),
        ("{{bot.name}} {{?ім'я}}", "[ім'я]"),
        ("{{bot.name}}.5", ".5"),
    ];
    for (text, expected) in table {
        assert_eq!(rendered(text).text, expected, "{text:?}");
    }
}

#[test]
fn offsets_are_utf16_code_units() {
    let rendered = rendered("👋 {{client.first_name}}: {{?номер}}, {{?дата}}, {{? номер }} {{|}}{{?дата}}.");
    assert_eq!(rendered.text, "👋 Олена: [номер], [дата], [номер] [дата].");
    assert_eq!(rendered.cursor_utf16, Some(35));
    let slot = |label: &str, ranges_utf16: Vec<Range<usize>>| Slot { label: label.to_owned(), ranges_utf16 };
    assert_eq!(rendered.slots, [slot("номер", vec![10..17, 27..34]), slot("дата", vec![19..25, 35..41])]);
}

#[test]
fn the_registry_is_sound() {
    for (i, variable) in VARIABLES.iter().enumerate() {
        assert!(
            !VARIABLES[..i].iter().any(|earlier| earlier.name == variable.name),
            "{} twice",
            variable.name
        );
        assert!(!variable.name.starts_with(EXTRA) && KNOWN.contains(variable.name));
        assert!(!variable.sample("uk-UA").is_empty() && !variable.sample("en").is_empty());
    }
    assert_eq!(Variable::named("client.first_name").map(|found| found.sample("uk")), Some("Олена"));
}

/// Texts with far more braces, backslashes and broken tags than people write.
fn any_template() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "{{",
        "}}",
        "{",
        "}",
        "\\",
        "|",
        "?",
        " ",
        "\n",
        "\r\n",
        ",",
        "!",
        "bot.name",
        "client.first_name",
        "клієнте",
        "👩‍💻",
        "\u{301}",
        "{{|}}",
        "{{?a}}",
        "{{bot.name}}",
        "{{oops|b}}",
    ]);
    prop_oneof![any::<String>(), proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())]
}

proptest! {
    #[test]
    fn parts_cover_the_text_exactly(text in any_template()) {
        let template = Template::parse(&text);
        prop_assert_eq!(template.to_string(), text.as_str());
        let mut end = 0;
        for part in &template.parts {
            prop_assert_eq!(part.span.start, end);
            prop_assert_eq!(part.source, &text[part.span.clone()]);
            prop_assert_eq!(part.line, 1 + text[..end].matches('\n').count());
            end = part.span.end;
        }
        prop_assert_eq!(end, text.len());
    }

    #[test]
    fn problems_are_ordered_known_and_inside(text in any_template()) {
        let found = check(&text, &KNOWN);
        prop_assert!(found.is_sorted_by_key(|problem| problem.span.start));
        for problem in found {
            prop_assert!(CODES.contains(&problem.code));
            prop_assert!(text.get(problem.span).is_some_and(|part| !part.is_empty()));
        }
    }

    #[test]
    fn a_broken_part_has_its_problem(text in any_template()) {
        let template = Template::parse(&text);
        for part in template.parts.iter().filter(|part| part.kind == PartKind::Broken) {
            prop_assert!(template.problems.iter().any(|problem| problem.span == part.span));
        }
    }

    #[test]
    fn the_normal_form_means_the_same(text in any_template()) {
        let template = Template::parse(&text);
        let normal = template.normalised();
        let again = Template::parse(&normal);
        prop_assert_eq!(again.normalised(), normal.as_str());
        prop_assert_eq!(kinds(&text), kinds(&normal));
    }

    #[test]
    fn an_escaped_text_is_itself(text in any_template()) {
        let escaped = escape(&text);
        let template = Template::parse(&escaped);
        prop_assert_eq!(template.check(&KNOWN), vec![]);
        prop_assert_eq!(template.render(&|_| None).text, text);
    }

    #[test]
    fn offsets_stand_in_the_rendered_text(text in any_template(), name in proptest::option::of("[а-я ]{0,5}")) {
        let rendered = Template::parse(&text).render(&|_| name.clone());
        let units: Vec<u16> = rendered.text.encode_utf16().collect();
        prop_assert!(rendered.cursor_utf16.is_none_or(|cursor| cursor <= units.len()));
        for slot in rendered.slots {
            for range in slot.ranges_utf16 {
                prop_assert_eq!(String::from_utf16(&units[range]).ok(), Some(format!("[{}]", slot.label)));
            }
        }
    }
}
