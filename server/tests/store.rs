//! The store: versions, keys, links, uniqueness, rules, history; nothing is lost and a refusal leaves nothing.

use app::backend::{ChangesQuery, Commit, Operation};
use app::error::Error;
use sea_orm::ConnectionTrait;
use serde_json::json;
use server::access::{Actor, Rights, Via};
use server::settings::history;
use server::settings::listing::Reader;
use server::settings::verify::{Breach, Proven, verify};

use crate::common::{Home, archive, at, create, patch, put, refused};
use crate::on_both_databases;

on_both_databases!(
    a_record_is_made_changed_and_read_back_after_a_restart,
    an_old_version_is_refused_with_the_current_value,
    a_commit_is_all_or_nothing,
    an_unchanged_value_makes_no_revision,
    keys_are_transliterated_numbered_and_stay,
    look_alike_names_are_one,
    a_link_must_lead_somewhere,
    archiving_what_is_used_offers_replacement,
    the_tree_has_no_cycle_and_three_levels,
    ids_are_never_used_again,
    sixteen_writers_lose_no_update,
    a_repeated_write_gets_the_first_answer,
    a_commit_can_be_taken_back,
    the_chain_shows_what_was_altered,
    the_last_owner_stays,
    a_save_says_what_it_stops,
    a_key_is_called_by_its_name,
);

const READER: Reader = Reader { user: None, language: app::words::Language::Uk, own: false };

async fn a_record_is_made_changed_and_read_back_after_a_restart(home: Home) {
    let id = home.create("tags", json!({ "name": "  Скарга ", "colour": "#c0392b" })).await;
    assert_eq!(home.value("tags", id)["name"], "Скарга");
    home.commit(vec![patch("tags", id, 1, json!({ "group": "Тон розмови" }))]).await.unwrap();
    let again = home.second_node().await;
    assert_eq!(again.value("tags", id), home.value("tags", id));
    assert_eq!(again.revision("tags", id), 2);
    assert_eq!(again.value("tags", id)["group"], "Тон розмови");
}

async fn an_old_version_is_refused_with_the_current_value(home: Home) {
    let id = home.create("tags", json!({ "name": "Подяка" })).await;
    home.commit(vec![patch("tags", id, 1, json!({ "colour": "#1e8e5a" }))]).await.unwrap();
    let outcome = home.commit(vec![patch("tags", id, 1, json!({ "colour": "#000000" }))]).await;
    let Err(Error::Conflict { revision, current, .. }) = outcome else { panic!("{outcome:?}") };
    assert_eq!((revision, &current["colour"]), (2, &json!("#1e8e5a")));
    assert_eq!(home.value("tags", id)["colour"], "#1e8e5a");
}

async fn a_commit_is_all_or_nothing(home: Home) {
    let before = home.console.settings.snapshot().head;
    let operations = vec![
        create("tags", json!({ "name": "Добре" })),
        create("tags", json!({ "name": "", "colour": "red" })),
    ];
    let found = refused(home.commit(operations).await);
    assert!(found.contains(&at("/name", "required")), "{found:?}");
    assert!(found.contains(&at("/colour", "bad_format")), "{found:?}");
    let snapshot = home.console.settings.snapshot();
    assert_eq!(snapshot.head, before);
    assert_eq!(snapshot.shelf("tags").unwrap().live(), 0);
}

async fn an_unchanged_value_makes_no_revision(home: Home) {
    let id = home.create("tags", json!({ "name": "Оплата" })).await;
    let value = home.value("tags", id);
    let committed = home.commit(vec![put("tags", id, 1, value)]).await.unwrap();
    assert_eq!((committed.seq, committed.changes.len()), (0, 0));
    assert_eq!(home.revision("tags", id), 1);
}

async fn keys_are_transliterated_numbered_and_stay(home: Home) {
    let key = |id| home.console.settings.snapshot().get("replies", id).unwrap().key.clone();
    let reply = |title: &str| json!({ "title": title, "text": { "uk": "Текст" } });
    let first = home.create("replies", reply("Згода з їжаком")).await;
    let second = home.create("replies", reply("Згода з їжаком!")).await;
    let emoji = home.create("replies", reply("🎉")).await;
    assert_eq!((key(first).as_str(), key(second).as_str()), ("zghoda-z-yizhakom", "zghoda-z-yizhakom-2"));
    assert_eq!(key(emoji), format!("r{emoji}"));
    home.commit(vec![patch("replies", first, 1, json!({ "title": "Інша назва" }))]).await.unwrap();
    assert_eq!(key(first), "zghoda-z-yizhakom");
    let rekey = |id, revision, key: &str| Operation::Rekey {
        section: "replies".into(),
        id,
        revision,
        key: key.into(),
    };
    home.commit(vec![rekey(first, 2, "zghoda")]).await.unwrap();
    assert_eq!(key(first), "zghoda");
    assert_eq!(refused(home.commit(vec![rekey(second, 1, "ZGHODA")]).await), [at("/key", "key_taken")]);
    assert_eq!(refused(home.commit(vec![rekey(second, 1, "12")]).await), [at("/key", "bad_key")]);
}

async fn look_alike_names_are_one(home: Home) {
    home.create("tags", json!({ "name": "VIP клієнт" })).await;
    // Here the «і» and the «е» are Latin.
    let found = refused(home.commit(vec![create("tags", json!({ "name": "vip клiєнт" }))]).await);
    assert!(found.contains(&at("/name", "not_unique")), "{found:?}");
    assert!(found.contains(&at("/name", "mixed_scripts")), "{found:?}");
}

async fn a_link_must_lead_somewhere(home: Home) {
    let reply = json!({ "title": "Т", "text": { "uk": "Т" }, "category": 77 });
    assert_eq!(
        refused(home.commit(vec![create("replies", reply)]).await),
        [at("/category", "missing_target")]
    );
    let category = home.create("reply-categories", json!({ "name": { "uk": "Стара" } })).await;
    home.commit(vec![archive("reply-categories", category, 1, None)]).await.unwrap();
    let reply = json!({ "title": "Т", "text": { "uk": "Т" }, "category": category });
    assert_eq!(
        refused(home.commit(vec![create("replies", reply)]).await),
        [at("/category", "archived_target")]
    );
}

async fn archiving_what_is_used_offers_replacement(home: Home) {
    let category = |name: &str| json!({ "name": { "uk": name } });
    let old = home.create("reply-categories", category("Стара")).await;
    let new = home.create("reply-categories", category("Нова")).await;
    let reply = |title: &str| json!({ "title": title, "text": { "uk": "Текст" }, "category": old });
    let replies =
        [home.create("replies", reply("Перша")).await, home.create("replies", reply("Друга")).await];
    assert_eq!(
        refused(home.commit(vec![archive("reply-categories", old, 1, None)]).await),
        [at("", "in_use")]
    );
    let committed = home.commit(vec![archive("reply-categories", old, 1, Some(new))]).await.unwrap();
    assert_eq!(committed.changes.len(), 3);
    for id in replies {
        assert_eq!(home.value("replies", id)["category"], new);
    }
    assert_eq!(home.console.settings.snapshot().get("reply-categories", old).unwrap().replaced_by, Some(new));
}

async fn the_tree_has_no_cycle_and_three_levels(home: Home) {
    let category = |name: &str, parent: Option<i64>| json!({ "name": { "uk": name }, "parent": parent });
    let top = home.create("reply-categories", category("Верх", None)).await;
    let middle = home.create("reply-categories", category("Середина", Some(top))).await;
    let low = home.create("reply-categories", category("Низ", Some(middle))).await;
    let deeper = home.commit(vec![create("reply-categories", category("Ще нижче", Some(low)))]).await;
    assert_eq!(refused(deeper), [at("/parent", "too_deep")]);
    let cycle = home.commit(vec![patch("reply-categories", top, 1, json!({ "parent": low }))]).await;
    assert_eq!(refused(cycle), [at("/parent", "cycle")]);
    let other = home.create("reply-categories", category("Інший верх", None)).await;
    let moved = home.commit(vec![patch("reply-categories", top, 1, json!({ "parent": other }))]).await;
    assert_eq!(refused(moved), [at("/parent", "too_deep")]);
}

async fn ids_are_never_used_again(home: Home) {
    let id = home.create("reply-categories", json!({ "name": { "uk": "Чернетка" }, "active": false })).await;
    let delete = Operation::Delete { section: "reply-categories".into(), id, revision: 1 };
    home.commit(vec![delete]).await.unwrap();
    let again = home.second_node().await;
    let next = again.create("reply-categories", json!({ "name": { "uk": "Чернетка" } })).await;
    assert_eq!(next, id + 1);
}

async fn sixteen_writers_lose_no_update(home: Home) {
    const EACH: usize = 6;
    let id = home.create("tags", json!({ "name": "Лічильник", "description": "" })).await;
    let settings = &home.console.settings;
    let writer = |n: usize| async move {
        for step in 0..EACH {
            loop {
                let (revision, mut value) = {
                    let snapshot = settings.snapshot();
                    let held = snapshot.get("tags", id).unwrap();
                    (held.revision, held.value())
                };
                let text = format!("{}{n}.{step} ", value["description"].as_str().unwrap());
                value["description"] = text.into();
                let commit =
                    Commit { operations: vec![put("tags", id, revision, value)], ..Commit::default() };
                match settings.commit(Actor::Cli, None, Via::Cli, commit, None).await {
                    Ok(_) => break,
                    Err(Error::Conflict { .. }) => tokio::task::yield_now().await,
                    Err(other) => panic!("{other:?}"),
                }
            }
        }
    };
    futures::future::join_all((0..16).map(writer)).await;
    let text = home.value("tags", id)["description"].as_str().unwrap().trim_end().to_owned();
    let marks: std::collections::BTreeSet<&str> = text.split(' ').collect();
    assert_eq!(marks.len(), 16 * EACH);
    assert_eq!(home.revision("tags", id), 1 + 16 * EACH as i64);
    assert_eq!(
        verify(settings.database()).await.unwrap().map(|proven| proven.commits),
        Ok(2 + 16 * EACH as i64)
    );
}

async fn a_repeated_write_gets_the_first_answer(home: Home) {
    let commit =
        || Commit { operations: vec![create("tags", json!({ "name": "Раз" }))], ..Commit::default() };
    let write = || home.console.settings.commit(Actor::Cli, None, Via::Rest, commit(), Some("k1".into()));
    let (first, second) = (write().await.unwrap(), write().await.unwrap());
    assert_eq!((first.seq, &first.changes), (second.seq, &second.changes));
    assert_eq!(home.console.settings.snapshot().shelf("tags").unwrap().live(), 1);
}

async fn a_commit_can_be_taken_back(home: Home) {
    use app::backend::Backend;
    let owner = home.person("owner@example.com", home.role("owner")).await;
    let desk = home.desk(owner);
    let id = home.create("tags", json!({ "name": "Було", "colour": "#111111" })).await;
    let renamed = home.commit(vec![patch("tags", id, 1, json!({ "name": "Стало" }))]).await.unwrap();
    // What changed since at another place stays.
    home.commit(vec![patch("tags", id, 2, json!({ "colour": "#222222" }))]).await.unwrap();
    desk.revert(renamed.seq).await.unwrap();
    assert_eq!(
        (&home.value("tags", id)["name"], &home.value("tags", id)["colour"]),
        (&json!("Було"), &json!("#222222"))
    );
    // What changed since at the same place is a conflict.
    home.commit(vec![patch("tags", id, 4, json!({ "name": "Третє" }))]).await.unwrap();
    assert!(matches!(desk.revert(renamed.seq).await, Err(Error::Conflict { .. })));
    let query = ChangesQuery { section: "tags".into(), id: Some(id), ..ChangesQuery::default() };
    let changes =
        history::changes(&home.console.settings, &query, &Rights::All, READER, "Europe/Kyiv").await.unwrap();
    assert_eq!(changes.commits.len(), 5);
    assert_eq!(changes.commits[1].by, "Анна Шевченко");
    assert_eq!(desk.revision("tags", id, 2).await.unwrap()["name"], "Стало");
}

async fn the_chain_shows_what_was_altered(home: Home) {
    for name in ["Один", "Два", "Три"] {
        home.create("tags", json!({ "name": name })).await;
    }
    let two = home.revision("tags", 2);
    home.commit(vec![patch("tags", 2, two, json!({ "name": "Двоє" }))]).await.unwrap();
    let parent = home.create("reply-categories", json!({ "name": { "uk": "Гілка" } })).await;
    home.create("reply-categories", json!({ "name": { "uk": "Лист" }, "parent": parent })).await;
    let database = home.console.settings.database();
    let db = database.connection();
    let found = async || verify(database).await.unwrap();
    let of = |section: &str, id| (section.to_owned(), id);
    assert_eq!(found().await, Ok(Proven { commits: 7, pruned: 0 }));
    let record = |(section, id)| Err(Breach::Record(section, id));
    // Each is done, found, and taken back.
    for (harm, cure, breach) in [
        (
            "UPDATE change SET data = replace(data, 'Два', 'Дві') WHERE seq = 3",
            "UPDATE change SET data = replace(data, 'Дві', 'Два') WHERE seq = 3",
            Err(Breach::Commit(3)),
        ),
        (
            "UPDATE \"commit\" SET note = 'інша' WHERE seq = 2",
            "UPDATE \"commit\" SET note = '' WHERE seq = 2",
            Err(Breach::Commit(2)),
        ),
        (
            "UPDATE record SET data = replace(data, 'Один', 'Інший') WHERE section = 'tags' AND id = 1",
            "UPDATE record SET data = replace(data, 'Інший', 'Один') WHERE section = 'tags' AND id = 1",
            record(of("tags", 1)),
        ),
        (
            "UPDATE record SET revision = 9 WHERE section = 'tags' AND id = 3",
            "UPDATE record SET revision = 1 WHERE section = 'tags' AND id = 3",
            record(of("tags", 3)),
        ),
        (
            "UPDATE record SET id = 33 WHERE section = 'tags' AND id = 3",
            "UPDATE record SET id = 3 WHERE section = 'tags' AND id = 33",
            record(of("tags", 33)),
        ),
        (
            "UPDATE reference SET pointer = '/elsewhere' WHERE from_section = 'reply-categories' AND from_id = 2",
            "UPDATE reference SET pointer = '/parent' WHERE from_section = 'reply-categories' AND from_id = 2",
            Err(Breach::Links("reply-categories".into(), 2)),
        ),
        ("UPDATE feed SET head = 8", "UPDATE feed SET head = 7", Err(Breach::End(7))),
    ] {
        db.execute_unprepared(harm).await.unwrap();
        assert_eq!(found().await, breach, "{harm}");
        db.execute_unprepared(cure).await.unwrap();
        assert!(found().await.is_ok(), "{cure}");
    }
    // What was replaced since may be pruned, what stands may not.
    db.execute_unprepared("UPDATE change SET data = NULL, salt = NULL WHERE seq = 3").await.unwrap();
    assert_eq!(found().await, Ok(Proven { commits: 7, pruned: 1 }));
    db.execute_unprepared("UPDATE change SET data = NULL, salt = NULL WHERE seq = 5").await.unwrap();
    assert_eq!(found().await, Err(Breach::Pruned("tags".into(), 2)));
}

async fn the_last_owner_stays(home: Home) {
    let owner = home.person("one@example.com", home.role("owner")).await;
    let off = |id, revision| patch("users", id, revision, json!({ "active": false }));
    assert_eq!(refused(home.commit(vec![off(owner, 1)]).await), [at("", "last_owner")]);
    home.person("two@example.com", home.role("owner")).await;
    home.commit(vec![off(owner, 1)]).await.unwrap();
}

async fn a_save_says_what_it_stops(home: Home) {
    let told = async |operation: Operation| -> Vec<(String, i64)> {
        let commit = Commit {
            operations: vec![operation],
            accept: vec!["*".into()],
            dry_run: true,
            ..Commit::default()
        };
        let outcome = home.console.settings.commit(Actor::Cli, None, Via::Cli, commit, None).await.unwrap();
        outcome.effects.into_iter().map(|effect| (effect.code, effect.count)).collect()
    };
    home.commit(vec![patch("timers", 0, 0, json!({ "use_timer": true }))]).await.unwrap();
    let off = told(patch("timers", 0, 1, json!({ "use_timer": false }))).await;
    assert_eq!(off, [("timers_off".to_owned(), 1)]);
    let fewer =
        told(patch("instance", 0, home.revision("instance", 0), json!({ "languages": ["uk"] }))).await;
    assert_eq!(fewer, [("language_gone".to_owned(), 1)]);

    let category = home.create("reply-categories", json!({ "name": { "uk": "Зайнята" } })).await;
    let off = || patch("reply-categories", category, 1, json!({ "active": false }));
    assert_eq!(told(off()).await, []);
    home.create("replies", json!({ "title": "Так", "text": { "uk": "Так" }, "category": category })).await;
    assert_eq!(told(off()).await, [("inactive_used".to_owned(), 1)]);

    let mars = home
        .commit(vec![patch(
            "instance",
            0,
            home.revision("instance", 0),
            json!({ "instance_timezone": "Mars/Base" }),
        )])
        .await;
    assert_eq!(refused(mars), [at("/instance_timezone", "unknown_zone")]);
}

async fn a_key_is_called_by_its_name(home: Home) {
    let program = home.program("owner").await;
    let (_, made) = program.send("POST", "/settings/tags", None, &json!({ "name": "Від програми" })).await;
    assert_eq!(made["by"], "test");
    let tag = made["id"].as_i64().unwrap();
    let mine = home.create("tags", json!({ "name": "З командного рядка" })).await;
    for (id, by) in [(tag, "test"), (mine, "командний рядок")] {
        let query = ChangesQuery { section: "tags".into(), id: Some(id), ..ChangesQuery::default() };
        let changes = history::changes(&home.console.settings, &query, &Rights::All, READER, "Europe/Kyiv")
            .await
            .unwrap();
        assert_eq!(changes.commits[0].by, by);
    }
}
