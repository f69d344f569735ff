//! The event stream: one event a commit, resumed without loss, filtered by rights.

use app::backend::Operation;
use futures::StreamExt;
use serde_json::{Value, json};

use crate::common::{Home, Program, patch};
use crate::on_both_databases;

on_both_databases!(
    a_commit_is_heard_and_resumed,
    rights_filter_and_end_the_stream,
    one_s_own_replies_are_heard_without_a_right,
    a_revoked_key_hears_nothing_more,
    who_knows_of_another_past_reads_anew,
);

/// A listener that reads one event at a time.
struct Ear {
    stream: futures::stream::BoxStream<'static, reqwest::Result<Vec<u8>>>,
    text: String,
}

impl Ear {
    async fn of(request: reqwest::RequestBuilder) -> Self {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        Self {
            stream: answer.bytes_stream().map(|bytes| bytes.map(|bytes| bytes.to_vec())).boxed(),
            text: String::new(),
        }
    }

    async fn program(program: &Program, query: &str) -> Self {
        Self::of(program.request("GET", &format!("/events{query}"))).await
    }

    /// The next event: its name, its id, its data. None at the end of the stream.
    async fn next(&mut self) -> Option<(String, String, Value)> {
        loop {
            if let Some((event, rest)) =
                self.text.split_once("\n\n").map(|(event, rest)| (event.to_owned(), rest.to_owned()))
            {
                self.text = rest;
                let field = |name: &str| {
                    event
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .unwrap_or_default()
                        .trim()
                        .to_owned()
                };
                if event.starts_with(':') {
                    continue;
                }
                return Some((
                    field("event:"),
                    field("id:"),
                    serde_json::from_str(&field("data:")).unwrap_or_default(),
                ));
            }
            let chunk = tokio::time::timeout(std::time::Duration::from_secs(20), self.stream.next())
                .await
                .expect("an event in time");
            match chunk {
                Some(Ok(bytes)) => self.text.push_str(&String::from_utf8(bytes).unwrap()),
                _ => return None,
            }
        }
    }
}

async fn a_commit_is_heard_and_resumed(home: Home) {
    let program = home.program("administrator").await;
    let mut ear = Ear::program(&program, "").await;
    assert_eq!(ear.next().await.unwrap().0, "hello");
    let id = home.create("tags", json!({ "name": "Почуй" })).await;
    let (name, seq, data) = ear.next().await.unwrap();
    assert_eq!(
        (name.as_str(), data["changes"][0]["id"].as_i64(), data["changes"][0]["op"].as_str()),
        ("", Some(id), Some("create"))
    );
    home.commit(vec![patch("tags", id, 1, json!({ "colour": "#101010" }))]).await.unwrap();
    home.commit(vec![patch("tags", id, 2, json!({ "colour": "#202020" }))]).await.unwrap();
    let mut resumed = Ear::program(&program, &format!("?since={seq}")).await;
    assert_eq!(resumed.next().await.unwrap().0, "hello");
    let versions = [resumed.next().await.unwrap().2, resumed.next().await.unwrap().2]
        .map(|data| data["changes"][0]["version"].as_i64());
    assert_eq!(versions, [Some(2), Some(3)]);
}

async fn rights_filter_and_end_the_stream(home: Home) {
    home.person("owner@example.com", home.role("owner")).await;
    let id = home.person("analyst@example.com", home.role("analyst")).await;
    let browser = home.signed_in("analyst@example.com").await;
    let mut ear = Ear::of(browser.get(format!("{}/api/v1/events", home.url))).await;
    assert_eq!(ear.next().await.unwrap().0, "hello");
    home.commit(vec![patch("timers", 0, 0, json!({ "minutes": 9 }))]).await.unwrap();
    let tag = home.create("tags", json!({ "name": "Видно" })).await;
    // The change of timers is not for analysts: the first they hear of is the tag.
    assert_eq!(ear.next().await.unwrap().2["changes"][0]["id"], tag);
    home.commit(vec![patch("users", id, 1, json!({ "role": home.role("supervisor") }))]).await.unwrap();
    assert_eq!(ear.next().await.unwrap().0, "rights");
    home.commit(vec![patch("users", id, 2, json!({ "active": false }))]).await.unwrap();
    loop {
        match ear.next().await {
            Some((name, _, _)) if name == "end" => break,
            Some(_) => {}
            None => panic!("the stream broke instead of ending"),
        }
    }
    assert!(ear.next().await.is_none());
}

async fn one_s_own_replies_are_heard_without_a_right(home: Home) {
    let olena = home.person("olena@example.com", home.role("owner")).await;
    let boris = home.person("boris@example.com", home.role("operator")).await;
    let browser = home.signed_in("boris@example.com").await;
    let mut ear = Ear::of(browser.get(format!("{}/api/v1/events", home.url))).await;
    assert_eq!(ear.next().await.unwrap().0, "hello");
    let reply = |title: &str, owner: i64| json!({ "title": title, "text": { "uk": "…" }, "scope": "personal", "owner": owner });
    home.create("replies", json!({ "title": "Спільна", "text": { "uk": "…" } })).await;
    let theirs = home.create("replies", reply("Чужа", olena)).await;
    let removed =
        home.create("replies", json!({ "title": "Зайва", "text": { "uk": "…" }, "active": false })).await;
    home.commit(vec![Operation::Delete { section: "replies".into(), id: removed, revision: 1 }])
        .await
        .unwrap();
    let own = home.create("replies", reply("Моя", boris)).await;
    assert_eq!(
        ear.next().await.unwrap().2["changes"],
        json!([{ "section": "replies", "id": own, "version": 1, "op": "create" }])
    );
    home.commit(vec![patch("replies", theirs, 1, json!({ "title": "Інша" }))]).await.unwrap();
    home.commit(vec![patch("replies", own, 1, json!({ "title": "Моя нова" }))]).await.unwrap();
    assert_eq!(ear.next().await.unwrap().2["changes"][0]["version"], 2);
}

async fn a_revoked_key_hears_nothing_more(home: Home) {
    let program = home.program("administrator").await;
    let mut ear = Ear::program(&program, "").await;
    assert_eq!(ear.next().await.unwrap().0, "hello");
    home.create("tags", json!({ "name": "Ще чує" })).await;
    assert_eq!(ear.next().await.unwrap().2["changes"][0]["section"], "tags");
    assert!(home.console.keys.revoke(1).await.unwrap());
    // Nothing happens meanwhile: the stream ends by itself.
    assert_eq!(ear.next().await.unwrap().0, "end");
    assert!(ear.next().await.is_none());
}

async fn who_knows_of_another_past_reads_anew(home: Home) {
    let program = home.program("administrator").await;
    let mut ear = Ear::program(&program, "?since=999999").await;
    assert_eq!(ear.next().await.unwrap().0, "hello");
    assert_eq!(ear.next().await.unwrap().0, "resync");
    let id = home.create("tags", json!({ "name": "Далі" })).await;
    assert_eq!(ear.next().await.unwrap().2["changes"][0]["id"], id);
}
